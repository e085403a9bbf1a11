using System.Management.Automation;
using VmSpawn.Completion;
using VmSpawn.Parameters;

namespace VmSpawn.Commands;

// What the VM boots from and the disks it has.
public abstract partial class ConfigurationCommand
{
    /// <summary>Disk image or block device to boot from (<c>--image=</c>). A literal path.</summary>
    [Parameter(ParameterSetName = ConfigurationSet, ValueFromPipelineByPropertyName = true)]
    [Alias("FullName", "PSPath")]
    public string? Image { get; set; }

    /// <summary>
    /// Directory tree to boot from (<c>--directory=</c>). A literal path. No text by type, so that the folder of a piped
    /// file, which its property of this name holds as an object, is told from a path (<see cref="BootSourceArgument"/>).
    /// </summary>
    [Parameter(ParameterSetName = ConfigurationSet, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(DirectoryCompleter))]
    public object? Directory { get; set; }

    /// <summary>Format of the image (<c>--image-format=</c>); read from its header if not given.</summary>
    [Parameter(ParameterSetName = ConfigurationSet, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(DiskFormatCompleter))]
    public string? ImageFormat { get; set; }

    /// <summary>Device that the image appears as in the guest (<c>--image-disk-type=</c>).</summary>
    [Parameter(ParameterSetName = ConfigurationSet, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(DiskTypeCompleter))]
    public string? ImageDiskType { get; set; }

    /// <summary>Leaves the image and the extra drives as they are: all writes end with the VM (<c>--ephemeral</c>).</summary>
    [Parameter(ParameterSetName = ConfigurationSet)]
    public SwitchParameter Ephemeral { get; set; }

    /// <summary>Least size of the image (<c>--grow-image=</c>); a smaller one is grown first.</summary>
    [Parameter(ParameterSetName = ConfigurationSet)]
    [ArgumentCompleter(typeof(DiskSizeCompleter))]
    public string? GrowImage { get; set; }

    /// <summary>Whether blocks that the guest discards are given back to the host (<c>--discard-disk=</c>).</summary>
    [Parameter(ParameterSetName = ConfigurationSet)]
    [ArgumentCompleter(typeof(BooleanCompleter))]
    public string? DiscardDisk { get; set; }

    /// <summary>Further drives, <c>[FORMAT:][TYPE:]PATH</c> (<c>--extra-drive=</c>).</summary>
    [Parameter(ParameterSetName = ConfigurationSet, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(DriveCompleter))]
    public string[] ExtraDrive { get; set; } = [];

    /// <summary>Kernel to boot directly (<c>--linux=</c>). A literal path.</summary>
    [Parameter(ParameterSetName = ConfigurationSet, ValueFromPipelineByPropertyName = true)]
    [Alias("Kernel")]
    public string? Linux { get; set; }

    /// <summary>Boot entry whose kernel, initial ramdisks and options to boot directly, from <c>Get-VmBootEntry</c>.</summary>
    [Parameter(ParameterSetName = ConfigurationSet, ValueFromPipeline = true)]
    public BootEntry? BootEntry { get; set; }

    /// <summary>Initial ramdisks of a direct boot, joined in this order (<c>--initrd=</c>). Literal paths.</summary>
    [Parameter(ParameterSetName = ConfigurationSet, ValueFromPipelineByPropertyName = true)]
    public string[] Initrd { get; set; } = [];

    /// <summary>Words for the guest's kernel command line: the rest of the line.</summary>
    [Parameter(ParameterSetName = ConfigurationSet, ValueFromRemainingArguments = true)]
    [RestOfLineTransformation]
    public string[] KernelArgument { get; set; } = [];
}
