using System.Management.Automation;
using VmSpawn.Completion;
using VmSpawn.Parameters;

namespace VmSpawn.Commands;

// The machine that the guest runs on.
public abstract partial class ConfigurationCommand
{
    /// <summary>Number of virtual CPUs, or QEMU's topology form (<c>--cpus=</c>).</summary>
    [Parameter(ParameterSetName = ConfigurationSet, ValueFromPipelineByPropertyName = true)]
    [CommaListTransformation]
    [ArgumentCompleter(typeof(CpusCompleter))]
    public string? Cpus { get; set; }

    /// <summary>Memory of the guest (<c>--ram=</c>).</summary>
    [Parameter(ParameterSetName = ConfigurationSet, ValueFromPipelineByPropertyName = true)]
    [Alias("Memory")]
    [ArgumentCompleter(typeof(SizeCompleter))]
    public string? Ram { get; set; }

    /// <summary>Architecture of the guest; another than the host's is emulated.</summary>
    [Parameter(ParameterSetName = ConfigurationSet, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ArchitectureCompleter))]
    public string? Architecture { get; set; }

    /// <summary>Whether to use KVM (<c>--kvm=</c>): automatic, yes or no.</summary>
    [Parameter(ParameterSetName = ConfigurationSet)]
    [ArgumentCompleter(typeof(TristateCompleter))]
    public string? Kvm { get; set; }

    /// <summary>Whether the VM has a VSOCK device (<c>--vsock=</c>): automatic, yes or no.</summary>
    [Parameter(ParameterSetName = ConfigurationSet)]
    [ArgumentCompleter(typeof(TristateCompleter))]
    public string? Vsock { get; set; }

    /// <summary>Context identifier of that device (<c>--vsock-cid=</c>).</summary>
    [Parameter(ParameterSetName = ConfigurationSet)]
    public string? VsockCid { get; set; }

    /// <summary>Whether the VM has a TPM (<c>--tpm=</c>): automatic, yes or no.</summary>
    [Parameter(ParameterSetName = ConfigurationSet)]
    [ArgumentCompleter(typeof(TristateCompleter))]
    public string? Tpm { get; set; }

    /// <summary>Where the TPM's state is kept (<c>--tpm-state=</c>).</summary>
    [Parameter(ParameterSetName = ConfigurationSet)]
    [ArgumentCompleter(typeof(StateCompleter))]
    public string? TpmState { get; set; }

    /// <summary>Gives the VM a network through QEMU: outgoing connections, and forwarded ports (<c>--network-user-mode</c>).</summary>
    [Parameter(ParameterSetName = ConfigurationSet)]
    public SwitchParameter NetworkUserMode { get; set; }

    /// <summary>Gives the VM a network through a TAP interface of the host (<c>--network-tap</c>); needs root.</summary>
    [Parameter(ParameterSetName = ConfigurationSet)]
    public SwitchParameter NetworkTap { get; set; }

    /// <summary>Ports of the host that lead into the guest, <c>[tcp:|udp:][HOSTADDRESS:]HOSTPORT:GUESTPORT</c>.</summary>
    [Parameter(ParameterSetName = ConfigurationSet)]
    [ArgumentCompleter(typeof(PortForwardCompleter))]
    public string[] PortForward { get; set; } = [];

    /// <summary>Words put behind all of QEMU's own options, as they are.</summary>
    [Parameter(ParameterSetName = ConfigurationSet)]
    public string[] QemuArgument { get; set; } = [];
}
