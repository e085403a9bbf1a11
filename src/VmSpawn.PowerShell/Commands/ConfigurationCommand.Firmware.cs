using System.Management.Automation;
using VmSpawn.Completion;

namespace VmSpawn.Commands;

// What stands between the machine and the guest, and who the VM is.
public abstract partial class ConfigurationCommand
{
    /// <summary>Firmware (<c>--firmware=</c>): automatic, UEFI, BIOS, none, or the path of a firmware descriptor.</summary>
    [Parameter(ParameterSetName = ConfigurationSet, ValueFromPipelineByPropertyName = true)]
    [Alias("FirmwarePath")]
    [ArgumentCompleter(typeof(FirmwareCompleter))]
    public string? Firmware { get; set; }

    /// <summary>Whether the firmware supports Secure Boot (<c>--secure-boot=</c>): automatic, yes or no.</summary>
    [Parameter(ParameterSetName = ConfigurationSet)]
    [ArgumentCompleter(typeof(TristateCompleter))]
    public string? SecureBoot { get; set; }

    /// <summary>Features that firmware must have, or with <c>~</c> must not have (<c>--firmware-features=</c>).</summary>
    [Parameter(ParameterSetName = ConfigurationSet)]
    [ArgumentCompleter(typeof(FirmwareConditionCompleter))]
    public string[] FirmwareFeature { get; set; } = [];

    /// <summary>Template of the firmware's variable store (<c>--efi-nvram-template=</c>). A literal path.</summary>
    [Parameter(ParameterSetName = ConfigurationSet)]
    public string? EfiNvramTemplate { get; set; }

    /// <summary>Where the firmware's variable store is kept (<c>--efi-nvram-state=</c>).</summary>
    [Parameter(ParameterSetName = ConfigurationSet)]
    [ArgumentCompleter(typeof(StateCompleter))]
    public string? EfiNvramState { get; set; }

    /// <summary>Vendor strings for the guest in SMBIOS table 11 (<c>--smbios11=</c>).</summary>
    [Parameter(ParameterSetName = ConfigurationSet)]
    public string[] Smbios11 { get; set; } = [];

    /// <summary>Name of the VM (<c>--machine=</c>).</summary>
    [Parameter(ParameterSetName = ConfigurationSet, ValueFromPipelineByPropertyName = true)]
    [Alias("Name")]
    [ArgumentCompleter(typeof(ImageNameCompleter))]
    public string? Machine { get; set; }

    /// <summary>
    /// Not to be used: it tells a VM of <c>Get-VmSpawn</c> and a plan that was written to a file and read again, which have
    /// such a property, from a description.
    /// </summary>
    [Parameter(ParameterSetName = ConfigurationSet, ValueFromPipelineByPropertyName = true, DontShow = true)]
    [Alias(nameof(Plan.RunDirectory))]
    public string? MadeBefore { get; set; }

    /// <summary>Hardware identity of the VM (<c>--uuid=</c>).</summary>
    [Parameter(ParameterSetName = ConfigurationSet, ValueFromPipelineByPropertyName = true)]
    public string? Uuid { get; set; }
}
