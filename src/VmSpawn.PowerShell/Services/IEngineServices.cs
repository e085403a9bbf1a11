using System.Collections.Immutable;
using VmSpawn.Engine.Boot;
using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Console;
using VmSpawn.Engine.Firmware;
using VmSpawn.Engine.Images;
using VmSpawn.Engine.Machines;
using VmSpawn.Engine.Planning;
using VmSpawn.Engine.Ssh;
using VmSpawn.Engine.Supervision;

namespace VmSpawn.Services;

/// <summary>
/// What the cmdlets ask of the engine. <see cref="LocalEngine"/> is the real one; tests put another in its place.
/// Failures are <see cref="VmSpawn.Engine.Errors.VmSpawnException"/>s.
/// </summary>
internal interface IEngineServices
{
    /// <summary>Resolves a description against the host and makes the plan of its start.</summary>
    LaunchPlan Plan(VmConfiguration configuration);

    /// <summary>
    /// Reads the credentials that come from files, FIFOs and sockets, so that a description can be planned more than once.
    /// </summary>
    VmConfiguration ReadCredentials(VmConfiguration configuration, CancellationToken cancellationToken);

    /// <summary>Reads a credential from a file, FIFO or UNIX stream socket.</summary>
    CredentialSpec ReadCredential(CredentialId id, string path, CancellationToken cancellationToken);

    /// <summary>Carries a plan out; cancelling undoes all of it.</summary>
    Task<MachineRecord> StartAsync(
        LaunchPlan plan,
        IProgress<StartProgress>? progress,
        CancellationToken cancellationToken
    );

    /// <summary>All VMs, living and ended, by name.</summary>
    IReadOnlyList<MachineRecord> List();

    /// <summary>One VM, living or else ended, or <see langword="null"/>.</summary>
    MachineRecord? Find(string name);

    /// <summary>Stops a VM; returns when nothing of it is left but its record.</summary>
    Task<MachineRecord> StopAsync(string name, StopRequest request, CancellationToken cancellationToken);

    /// <summary>Waits for a VM.</summary>
    Task<MachineRecord> WaitAsync(
        string name,
        WaitCondition condition,
        TimeSpan? timeout,
        CancellationToken cancellationToken
    );

    /// <summary>Attaches to a VM's console for reading; the stream ends with the VM.</summary>
    /// <param name="name">Name of the VM.</param>
    /// <param name="history">How many bytes of earlier output come first.</param>
    /// <param name="cancellationToken">Gives up attaching.</param>
    Task<Stream> OpenConsoleAsync(string name, int history, CancellationToken cancellationToken);

    /// <summary>Shows a VM's console on this process's terminal until it ends in one of its ways.</summary>
    Task<TerminalEnd> ShowConsoleAsync(string name, TerminalRequest request, CancellationToken cancellationToken);

    /// <summary>Reads a VM's console from the earliest byte that is kept on; also that of a VM that has ended.</summary>
    Task<IConsoleReader> ReadConsoleAsync(string name, CancellationToken cancellationToken);

    /// <summary>Types on a VM's console.</summary>
    Task TypeAsync(string name, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken);

    /// <summary>Takes a picture of a VM's display, as PNG.</summary>
    Task<byte[]> TakeScreenshotAsync(string name, CancellationToken cancellationToken);

    /// <summary>Presses keys of a VM's keyboard, all of a press at the same time.</summary>
    Task PressAsync(string name, IEnumerable<ImmutableArray<string>> presses, CancellationToken cancellationToken);

    /// <summary>
    /// The firmware descriptors of the host in the order in which they are tried, each with the reason why a VM of that
    /// kind would or would not get it.
    /// </summary>
    /// <param name="architecture">Guest architecture; <see langword="null"/> for the host's.</param>
    /// <param name="secureBoot">What <c>-SecureBoot</c> would be.</param>
    /// <param name="features">Features it must have.</param>
    IReadOnlyList<FirmwareCandidate> ListFirmware(
        string? architecture,
        Tristate secureBoot,
        IReadOnlyCollection<string> features
    );

    /// <summary>The images in the machine pools, by the names that <c>-Machine</c> finds them by.</summary>
    IReadOnlyDictionary<string, MachineImage> ListImages();

    /// <summary>The boot entries of a directory tree, raw disk image or block device.</summary>
    /// <param name="path">Its absolute path.</param>
    BootMenu ListBootEntries(string path);

    /// <summary>Makes an SSH key; without a path, one that goes with this process.</summary>
    SshKeyFile MakeSshKey(SshKeyRequest request);

    /// <summary>Reads an SSH key.</summary>
    /// <param name="path">Absolute path of its private half.</param>
    SshKeyFile ReadSshKey(string path);

    /// <summary>A VM as <c>ssh</c> is configured to reach it, without the last line break.</summary>
    string WriteSshConfiguration(string name, PlannedSsh ssh);

    /// <summary>Reads a journal.</summary>
    /// <param name="request">Which journal, and which entries.</param>
    /// <param name="onEntry">Gets each; the next one is not read before it returns.</param>
    /// <param name="onWarning">Gets what is left out, and why.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task ReadJournalAsync(
        JournalRequest request,
        Action<VmSpawn.Engine.Journal.JournalEntry> onEntry,
        Action<string> onWarning,
        CancellationToken cancellationToken
    );

    /// <summary>Drops what is kept of an ended VM.</summary>
    void Forget(string name);
}
