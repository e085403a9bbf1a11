using System.Collections.Immutable;
using System.Text.Json.Serialization;
using VmSpawn.Engine.Qemu;

namespace VmSpawn.Engine.Planning;

/// <summary>
/// Everything that starting one VM will do, as one value: it can be printed, compared, serialized and handed to the
/// supervisor. Making it touches nothing.
/// </summary>
public sealed record LaunchPlan
{
    /// <summary>Name of the VM; also the name of its run directory.</summary>
    public required string Name { get; init; }

    /// <summary>Absolute path of the run directory that the supervisor creates and removes, mode 0700.</summary>
    public required string RunDirectory { get; init; }

    /// <summary>Absolute path of the QEMU binary.</summary>
    public required string QemuBinary { get; init; }

    /// <summary>QEMU's options in command-line order.</summary>
    public required ImmutableArray<QemuOption> QemuOptions { get; init; }

    /// <summary>Words appended after all options, as the user gave them (<c>-QemuArgument</c>).</summary>
    public ImmutableArray<string> ExtraQemuArguments { get; init; } = [];

    /// <summary>Descriptors that QEMU inherits, by number; all others are closed.</summary>
    public ImmutableArray<PlannedDescriptor> Descriptors { get; init; } = [];

    /// <summary>Files made in the run directory before QEMU starts, in this order.</summary>
    public ImmutableArray<PlannedFile> Files { get; init; } = [];

    /// <summary>Credentials that the guest is given, in this order; their values are in <see cref="Files"/>.</summary>
    public ImmutableArray<PlannedCredential> Credentials { get; init; } = [];

    /// <summary>Helper processes started before QEMU, in this order.</summary>
    public ImmutableArray<PlannedHelper> Helpers { get; init; } = [];

    /// <summary>Where the supervisor receives the guest's notifications, or <see langword="null"/> for nowhere.</summary>
    public PlannedNotifications? Notifications { get; init; }

    /// <summary>The service manager that is told how the VM fares, or <see langword="null"/>.</summary>
    public PlannedServiceManager? ServiceManager { get; init; }

    /// <summary>The context identifier that no other VM may have while this one runs, or <see langword="null"/>.</summary>
    public VsockClaim? VsockClaim { get; init; }

    /// <summary>What systemd on the host is told of the VM, or <see langword="null"/>.</summary>
    public PlannedRegistration? Registration { get; init; }

    /// <summary>Disks and other files that no other VM may use in a conflicting way while this one runs.</summary>
    public ImmutableArray<ImageClaim> Claims { get; init; } = [];

    /// <summary>What was decided for the user, and why; shown on the verbose stream.</summary>
    public ImmutableArray<Decision> Decisions { get; init; } = [];

    /// <summary>What the user should know before the VM starts; shown on the warning stream.</summary>
    public ImmutableArray<string> Warnings { get; init; } = [];

    /// <summary>The VM in a few words, kept in its record and shown by <c>Get-VmSpawn</c>.</summary>
    public required MachineSummary Summary { get; init; }

    /// <summary>How the host logs in to the guest, or <see langword="null"/> if it has no key.</summary>
    [JsonIgnore]
    public PlannedSsh? Ssh => Summary.Ssh;

    /// <summary>The whole argument vector of QEMU, the binary first.</summary>
    [JsonIgnore]
    public ImmutableArray<string> QemuArgv =>
        [QemuBinary, .. QemuOptions.SelectMany(option => option.Words), .. ExtraQemuArguments];

    /// <summary>QEMU's command line, quoted for a POSIX shell, one option a line.</summary>
    public string ToShellString() =>
        string.Join(
            " \\\n    ",
            [
                ShellWord.Quote(QemuBinary),
                .. QemuOptions.Select(option => ShellWord.Join(option.Words)),
                .. ExtraQemuArguments.Select(ShellWord.Quote),
            ]
        );

    /// <summary>
    /// What belongs to <see cref="ToShellString"/>, as text: descriptors that QEMU inherits, files, helpers, files that are
    /// claimed, and each decision with its reason; secrets are not in it.
    /// </summary>
    public string ToSurroundingsString() => LaunchPlanText.FormatSurroundings(this);

    /// <summary>The whole plan as text, one QEMU option a line; secrets are not in it.</summary>
    public string ToText() => LaunchPlanText.Format(this);

    /// <summary>The same plan with the bytes of secret files taken out, fit to be kept and shown.</summary>
    public LaunchPlan Redacted() =>
        this with
        {
            Files = [.. Files.Select(file => file is WrittenFile { Secret: true } secret ? secret.Redacted() : file)],
        };
}
