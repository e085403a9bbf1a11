using System.Collections.Immutable;
using VmSpawn.Engine.Boot;
using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Console;
using VmSpawn.Engine.Display;
using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Firmware;
using VmSpawn.Engine.Host;
using VmSpawn.Engine.Images;
using VmSpawn.Engine.Journal;
using VmSpawn.Engine.Machines;
using VmSpawn.Engine.Planning;
using VmSpawn.Engine.Resolution;
using VmSpawn.Engine.Ssh;
using VmSpawn.Engine.Supervision;

namespace VmSpawn.Services;

/// <summary>The engine on this host, for the user who runs this process.</summary>
internal sealed class LocalEngine : IEngineServices
{
    // Looked up each time: the runtime directory follows the environment, which a script may change.
    private static MachineStore Store => MachineStore.ForCurrentUser();

    private static MachineControl Control => new(Store);

    /// <inheritdoc/>
    public LaunchPlan Plan(VmConfiguration configuration) =>
        LaunchPlanner.Plan(new VmResolver(new LinuxHost()).Resolve(configuration));

    /// <inheritdoc/>
    public VmConfiguration ReadCredentials(VmConfiguration configuration, CancellationToken cancellationToken) =>
        new CredentialReader(new LinuxHost()).Read(configuration, cancellationToken);

    /// <inheritdoc/>
    public CredentialSpec ReadCredential(CredentialId id, string path, CancellationToken cancellationToken) =>
        CredentialSpec.FromBytes(id, CredentialSource.Read(new LinuxHostFiles(), id, path, cancellationToken));

    /// <inheritdoc/>
    public Task<MachineRecord> StartAsync(
        LaunchPlan plan,
        IProgress<StartProgress>? progress,
        CancellationToken cancellationToken
    ) => new MachineStarter(Store, MonitorBinary.Locate()).StartAsync(plan, progress, cancellationToken);

    /// <inheritdoc/>
    public IReadOnlyList<MachineRecord> List() => Store.List();

    /// <inheritdoc/>
    public MachineRecord? Find(string name) => Store.Find(name);

    /// <inheritdoc/>
    public Task<MachineRecord> StopAsync(string name, StopRequest request, CancellationToken cancellationToken) =>
        Control.StopAsync(name, request, cancellationToken);

    /// <inheritdoc/>
    public Task<MachineRecord> WaitAsync(
        string name,
        WaitCondition condition,
        TimeSpan? timeout,
        CancellationToken cancellationToken
    ) => Control.WaitAsync(name, condition, timeout, cancellationToken);

    /// <inheritdoc/>
    public Task<Stream> OpenConsoleAsync(string name, int history, CancellationToken cancellationToken) =>
        Control.OpenConsoleAsync(name, history: history, cancellationToken: cancellationToken);

    /// <inheritdoc/>
    public Task<TerminalEnd> ShowConsoleAsync(
        string name,
        TerminalRequest request,
        CancellationToken cancellationToken
    ) => new TerminalConsole(Control, MonitorBinary.Locate()).ShowAsync(name, request, cancellationToken);

    /// <inheritdoc/>
    public Task<IConsoleReader> ReadConsoleAsync(string name, CancellationToken cancellationToken) =>
        new MachineConsole(Store, TimeProvider.System).ReadAsync(name, cancellationToken);

    /// <inheritdoc/>
    public Task TypeAsync(string name, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) =>
        new MachineConsole(Store, TimeProvider.System).TypeAsync(name, bytes, cancellationToken);

    /// <inheritdoc/>
    public Task<byte[]> TakeScreenshotAsync(string name, CancellationToken cancellationToken) =>
        new MachineDisplay(Store).TakeScreenshotAsync(name, cancellationToken);

    /// <inheritdoc/>
    public Task PressAsync(
        string name,
        IEnumerable<ImmutableArray<string>> presses,
        CancellationToken cancellationToken
    ) => new MachineDisplay(Store).PressAsync(name, presses, cancellationToken);

    /// <inheritdoc/>
    public async Task ReadJournalAsync(
        JournalRequest request,
        Action<VmSpawn.Engine.Journal.JournalEntry> onEntry,
        Action<string> onWarning,
        CancellationToken cancellationToken
    )
    {
        var reader = new JournalReader(new LinuxHost(), request.Path) { OnWarning = onWarning };
        if (!request.Follow)
        {
            await reader.ReadAsync(request.Query, onEntry, cancellationToken);
            return;
        }

        using var following = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task ended = request.Machine is { } machine
            ? Control.WaitAsync(machine, WaitCondition.Exit, null, following.Token)
            : Task.Delay(Timeout.Infinite, following.Token);
        try
        {
            await reader.FollowAsync(request.Query, onEntry, ended, cancellationToken);
        }
        finally
        {
            // If reading failed, nobody waits for that end any more.
            await following.CancelAsync();
            await Task.WhenAny(ended);
            _ = ended.Exception;
        }
    }

    /// <inheritdoc/>
    public void Forget(string name) => Store.Forget(name);

    /// <inheritdoc/>
    public SshKeyFile MakeSshKey(SshKeyRequest request) => new SshKeys(new LinuxHost()).Make(request);

    /// <inheritdoc/>
    public SshKeyFile ReadSshKey(string path) => new SshKeys(new LinuxHost()).Read(path);

    /// <inheritdoc/>
    public string WriteSshConfiguration(string name, PlannedSsh ssh) =>
        SshConfiguration.Write(name, ssh, MonitorBinary.Locate()).TrimEnd('\n');

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, MachineImage> ListImages() => MachineImage.List(new LinuxHost());

    public BootMenu ListBootEntries(string path) => BootMenu.Read(new LinuxHost(), path);

    /// <inheritdoc/>
    public IReadOnlyList<FirmwareCandidate> ListFirmware(
        string? architecture,
        Tristate secureBoot,
        IReadOnlyCollection<string> features
    )
    {
        var host = new LinuxHost();
        var guest =
            GuestArchitecture.Find(architecture ?? host.Architecture) ?? throw UnknownArchitecture(architecture);
        return new FirmwareCatalog(host).Evaluate(
            new FirmwareQuery
            {
                Architecture = guest.Name,
                MachineType = guest.MachineType,
                SecureBoot = secureBoot,
                IncludedFeatures = [.. features],
            }
        );
    }

    private static InvalidValueException UnknownArchitecture(string? architecture) =>
        new(
            "InvalidArchitecture",
            "architecture",
            architecture,
            "it is none that QEMU has a machine for",
            $"Use one of {string.Join(", ", GuestArchitecture.All)}."
        );
}
