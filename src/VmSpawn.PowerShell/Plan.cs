using System.Collections.ObjectModel;
using System.Management.Automation;
using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Planning;

namespace VmSpawn;

/// <summary>
/// All that starting one VM will do, decided but not done. <c>Start-VmSpawn -Plan</c> carries it out. Bytes of secret
/// files are left out of everything shown here.
/// </summary>
public sealed class Plan
{
    internal Plan() { }

    /// <summary>Name of the VM.</summary>
    public required string Name { get; init; }

    /// <summary>Architecture of the guest in QEMU's spelling.</summary>
    public required string Architecture { get; init; }

    /// <summary>QEMU's machine type.</summary>
    public required string MachineType { get; init; }

    /// <summary><c>kvm</c>, or <c>tcg</c> for emulation.</summary>
    public required string Accelerator { get; init; }

    /// <summary>Number of virtual CPUs.</summary>
    public required int Cpus { get; init; }

    /// <summary>Memory of the guest in bytes.</summary>
    public required long Memory { get; init; }

    /// <summary>Path of the primary disk image, or <see langword="null"/>.</summary>
    public string? Image { get; init; }

    /// <summary>Path of the directory tree it boots from, or <see langword="null"/>.</summary>
    public string? Directory { get; init; }

    /// <summary>Path of the kernel of a direct boot, or <see langword="null"/>.</summary>
    public string? Kernel { get; init; }

    /// <summary>Paths of the initial ramdisks of a direct boot.</summary>
    public required ReadOnlyCollection<string> Initrd { get; init; }

    /// <summary>Ports of the host that lead into the guest, as <c>tcp:127.0.0.1:2222:22</c>.</summary>
    public required ReadOnlyCollection<string> PortForward { get; init; }

    /// <summary>Firmware code file, <c>bios</c> for QEMU's built-in one, or <see langword="null"/> for none.</summary>
    public string? Firmware { get; init; }

    /// <summary>Directory that will hold the VM's files and sockets while it runs.</summary>
    public required string RunDirectory { get; init; }

    /// <summary>QEMU's whole argument vector, the program first.</summary>
    public required ReadOnlyCollection<string> QemuArgv { get; init; }

    /// <summary>Descriptors that QEMU inherits.</summary>
    public required ReadOnlyCollection<PlannedDescriptor> Descriptors { get; init; }

    /// <summary>Files made before QEMU starts.</summary>
    public required ReadOnlyCollection<PlannedFile> Files { get; init; }

    /// <summary>Credentials that the guest is given, by name; nothing shows their values.</summary>
    public required ReadOnlyCollection<PlannedCredential> Credentials { get; init; }

    /// <summary>Processes that run beside QEMU.</summary>
    public required ReadOnlyCollection<PlannedHelper> Helpers { get; init; }

    /// <summary>What systemd on the host is told of the VM, or <see langword="null"/>.</summary>
    public PlannedRegistration? Registration { get; init; }

    /// <summary>Files that no other VM may use in a conflicting way.</summary>
    public required ReadOnlyCollection<ImageClaim> Claims { get; init; }

    /// <summary>What was decided, and why.</summary>
    public required ReadOnlyCollection<Decision> Decisions { get; init; }

    /// <summary>What should be known before the VM starts.</summary>
    public required ReadOnlyCollection<string> Warnings { get; init; }

    /// <summary>What is carried out; not shown, since it holds the secrets.</summary>
    [Hidden]
    internal LaunchPlan Source { get; init; } = null!;

    /// <summary>What it was made of, to make it again if what it chose is taken meanwhile.</summary>
    [Hidden]
    internal VmConfiguration? Configuration { get; init; }

    /// <summary>QEMU's command line as a shell takes it, one option a line.</summary>
    public string ToShellString() => Source.ToShellString();

    /// <summary>The VM's name.</summary>
    public override string ToString() => Name;
}
