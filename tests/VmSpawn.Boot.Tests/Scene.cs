using VmSpawn.Engine.Host;

namespace VmSpawn.Boot.Tests;

/// <summary>
/// A host of its own for one test: a runtime directory nobody else uses, the real engine on it, and at the end the proof
/// that nothing was left behind.
/// </summary>
internal sealed class Scene : IAsyncDisposable
{
    /// <summary>Tells all parts where the runtime directory is, and marks whatever was started here.</summary>
    public const string RootVariable = "VMSPAWN_RUNTIME_DIRECTORY";

    private static readonly TimeSpan TimeToVanish = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan TimeForTest = TimeSpan.FromMinutes(2);
    private readonly TinyGuest _guest;
    private readonly CancellationTokenSource _limit = CancellationTokenSource.CreateLinkedTokenSource(
        TestContext.Current.CancellationToken
    );

    /// <summary>Sets it.</summary>
    /// <param name="guest">What is booted.</param>
    /// <param name="limit">How long the test may take; two minutes unless it must take longer.</param>
    public Scene(TinyGuest guest, TimeSpan? limit = null)
    {
        Prerequisite.RequireProgram("qemu-system-x86_64", "qemu-system-x86");
        _guest = guest;
        _limit.CancelAfter(limit ?? TimeForTest);
        MonitorPath = Repository.Monitor();
        // Socket paths end at 107 bytes: short, and not below a deep TMPDIR.
        Root = Path.Join("/tmp", "vs-" + Path.GetRandomFileName()[..6]);
        Directory.CreateDirectory(Root, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Files = Directory.CreateTempSubdirectory("vmspawn-boot-").FullName;
        Environment.SetEnvironmentVariable(RootVariable, Root);
        Host = new LinuxHost();
        Store = new MachineStore(Root);
        Starter = new MachineStarter(Store, MonitorPath);
        Control = new MachineControl(Store);
    }

    public string Root { get; }

    /// <summary>A directory for files of the test.</summary>
    public string Files { get; }

    public string MonitorPath { get; }

    public IHost Host { get; }

    public MachineStore Store { get; }

    public MachineStarter Starter { get; }

    public MachineControl Control { get; }

    /// <summary>Ends a test that takes too long.</summary>
    public CancellationToken Limit => _limit.Token;

    /// <summary>Boots the kernel directly, without firmware: the fastest way.</summary>
    public VmConfiguration KernelBoot(params string[] arguments) =>
        new()
        {
            Name = MachineName.Parse("tiny"),
            Linux = HostPath.Parse(_guest.Kernel, "linux"),
            Initrds = [HostPath.Parse(_guest.Initrd, "initrd")],
            Firmware = FirmwareChoice.None,
            Ram = MemorySize.Parse("512M"),
            KernelArguments = ["quiet", "panic=-1", .. arguments],
        };

    /// <summary>Boots a copy of the disk through UEFI.</summary>
    public VmConfiguration DiskBoot(params string[] arguments)
    {
        Prerequisite.RequireUefi();
        return new()
        {
            Name = MachineName.Parse("tiny"),
            Image = HostPath.Parse(CopyOfImage(), "image"),
            Ram = MemorySize.Parse("512M"),
            KernelArguments = [.. arguments],
        };
    }

    public string CopyOfImage(string name = "tiny.raw")
    {
        var path = Path.Join(Files, name);
        File.Copy(_guest.Image, path);
        return path;
    }

    public string ExtraInitrd => _guest.ExtraInitrd;

    public LaunchPlan Plan(VmConfiguration configuration) =>
        LaunchPlanner.Plan(new VmResolver(Host).Resolve(configuration));

    public Task<MachineRecord> StartAsync(VmConfiguration configuration) => StartAsync(Plan(configuration));

    public Task<MachineRecord> StartAsync(LaunchPlan plan) => Starter.StartAsync(plan, progress: null, Limit);

    public Task<MachineRecord> WaitForExitAsync(MachineRecord machine) =>
        Control.WaitAsync(machine.Name, WaitCondition.Exit, TimeSpan.FromSeconds(90), Limit);

    public Task<MachineRecord> StopAsync(MachineRecord machine, StopRequest? request = null) =>
        Control.StopAsync(machine.Name, request ?? new StopRequest(), Limit);

    /// <summary>What the guest has written to its console so far.</summary>
    public string ConsoleOf(MachineRecord machine)
    {
        var now = Store.Find(machine.Name) ?? machine;
        var log = Path.Join(now.RunDirectory, "console.log");
        return File.Exists(log) ? File.ReadAllText(log) : "";
    }

    /// <summary>Waits until the guest has written that.</summary>
    public Task ConsoleSaysAsync(MachineRecord machine, string text) =>
        Eventually.HoldsAsync(
            () => ConsoleOf(machine).Contains(text, StringComparison.Ordinal),
            TimeSpan.FromSeconds(60),
            () => $"The console does not say '{text}', but:\n{ConsoleOf(machine)}"
        );

    /// <summary>Every process that this scene is the cause of.</summary>
    public List<(int Id, string CommandLine)> Processes() => ProcessTable.WithVariable(RootVariable, Root);

    /// <summary>No process, no run directory, no socket; the supervisor may take a moment to exit after its last report.</summary>
    public async Task NothingIsLeftAsync() =>
        await Eventually.HoldsAsync(
            () => Leftovers().Count == 0,
            TimeToVanish,
            () => "Left: " + string.Join("\n", Leftovers())
        );

    public async ValueTask DisposeAsync()
    {
        try
        {
            await NothingIsLeftAsync();
        }
        finally
        {
            foreach (var (id, _) in Processes())
            {
                using var process = System.Diagnostics.Process.GetProcessById(id);
                process.Kill();
            }

            Directory.Delete(Root, recursive: true);
            Directory.Delete(Files, recursive: true);
            Environment.SetEnvironmentVariable(RootVariable, null);
            _limit.Dispose();
        }
    }

    // Names with a dot are no VMs: claims (free lock files), ended VMs, what was found out about KVM.
    private List<string> Leftovers() =>
        [
            .. Processes().Select(process => $"process {process.Id}: {process.CommandLine}"),
            .. Directory.EnumerateFileSystemEntries(Root).Where(path => !Path.GetFileName(path).StartsWith('.')),
            .. Directory.EnumerateFiles(
                Root,
                "*.sock",
                new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None }
            ),
        ];
}
