using System.Diagnostics.CodeAnalysis;
using System.Management.Automation;
using VmSpawn.Completion;
using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Planning;
using VmSpawn.Parameters;

namespace VmSpawn.Commands;

/// <summary>
/// The parameters that describe a VM, for each cmdlet that takes such a description. Values are text in the manual
/// page's grammar (numbers and booleans convert to it), so that a bad one is the engine's typed error with an id of its
/// own and not a conversion error of the parameter binder.
/// </summary>
public abstract class ConfigurationCommand : VmSpawnCommand
{
    /// <summary>The parameter set that describes a VM.</summary>
    private protected const string ConfigurationSet = "Configuration";

    /// <summary>Disk image or block device to boot from (<c>--image=</c>). A literal path.</summary>
    [Parameter(ParameterSetName = ConfigurationSet, ValueFromPipelineByPropertyName = true)]
    [Alias("FullName", "PSPath")]
    public string? Image { get; set; }

    /// <summary>Kernel to boot directly (<c>--linux=</c>). A literal path.</summary>
    [Parameter(ParameterSetName = ConfigurationSet, ValueFromPipelineByPropertyName = true)]
    [Alias("Kernel")]
    public string? Linux { get; set; }

    /// <summary>Initial ramdisks of a direct boot, joined in this order (<c>--initrd=</c>). Literal paths.</summary>
    [Parameter(ParameterSetName = ConfigurationSet, ValueFromPipelineByPropertyName = true)]
    public string[] Initrd { get; set; } = [];

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

    /// <summary>Whether to use KVM (<c>--kvm=</c>): automatic, yes or no.</summary>
    [Parameter(ParameterSetName = ConfigurationSet)]
    [ArgumentCompleter(typeof(TristateCompleter))]
    public string? Kvm { get; set; }

    /// <summary>Firmware (<c>--firmware=</c>): automatic, UEFI, BIOS, none, or the path of a firmware descriptor.</summary>
    [Parameter(ParameterSetName = ConfigurationSet, ValueFromPipelineByPropertyName = true)]
    [Alias("FirmwarePath")]
    [ArgumentCompleter(typeof(FirmwareCompleter))]
    public string? Firmware { get; set; }

    /// <summary>Whether the firmware supports Secure Boot (<c>--secure-boot=</c>): automatic, yes or no.</summary>
    [Parameter(ParameterSetName = ConfigurationSet)]
    [ArgumentCompleter(typeof(TristateCompleter))]
    public string? SecureBoot { get; set; }

    /// <summary>Name of the VM (<c>--machine=</c>).</summary>
    [Parameter(ParameterSetName = ConfigurationSet, ValueFromPipelineByPropertyName = true)]
    [Alias("Name")]
    public string? Machine { get; set; }

    /// <summary>Words put behind all of QEMU's own options, as they are.</summary>
    [Parameter(ParameterSetName = ConfigurationSet)]
    public string[] QemuArgument { get; set; } = [];

    /// <summary>Words for the guest's kernel command line: the rest of the line.</summary>
    [Parameter(ParameterSetName = ConfigurationSet, ValueFromRemainingArguments = true)]
    public string[] KernelArgument { get; set; } = [];

    /// <summary>Makes the plan of the VM that the parameters describe, or reports why there is none.</summary>
    private protected bool TryMakePlan([NotNullWhen(true)] out LaunchPlan? plan)
    {
        var configuration = Bridge.Read(ToConfiguration);
        return Bridge.TryRun(_ => Task.FromResult(Engine.Plan(configuration)), out plan);
    }

    /// <summary>The parameters as a validated value.</summary>
    private VmConfiguration ToConfiguration() =>
        new()
        {
            Name = string.IsNullOrEmpty(Machine) ? null : MachineName.Parse(Machine),
            Image = ToPath(Image, "image"),
            Linux = ToPath(Linux, "linux"),
            Initrds = [.. Initrd.Select(path => ToPath(path, "initrd")).OfType<HostPath>()],
            Cpus = Cpus is null ? CpuTopology.Default : CpuTopology.Parse(Cpus),
            Ram = Ram is null ? MemorySize.Default : MemorySize.Parse(Ram, allowPowerShell: true),
            Kvm = TristateText.Parse(Kvm ?? "", "kvm"),
            Firmware = FirmwareArgument.Parse(this, Firmware),
            SecureBoot = TristateText.Parse(SecureBoot ?? "", "secure-boot"),
            QemuArguments = [.. QemuArgument],
            KernelArguments = [.. KernelArgument.Select(VmSpawn.Engine.Configuration.KernelArgument.Parse)],
        };

    // An empty path means "not given", as in the manual page's program (the spec, section 1.1).
    private HostPath? ToPath(string? path, string option) =>
        string.IsNullOrEmpty(path) ? null : PathArgument.Resolve(this, path, option);
}
