namespace VmSpawn.Completion;

/// <summary>Completes the format of a disk image.</summary>
public sealed class DiskFormatCompleter : WordCompleter
{
    internal static readonly (string Text, string ToolTip)[] Formats =
    [
        ("raw", "The bytes of the disk, as they are"),
        ("qcow2", "QEMU's own format"),
        ("vmdk", "VMware"),
        ("vhdx", "Hyper-V"),
        ("vdi", "VirtualBox"),
    ];

    private protected override IEnumerable<(string Text, string ToolTip)> Candidates() => Formats;
}
