using VmSpawn.Engine.Configuration;

namespace VmSpawn.Engine.Resolution;

/// <summary>Reads what a disk image says about itself.</summary>
internal interface IDiskInspector
{
    /// <summary>Format by the image's header; raw where no header is known.</summary>
    DiskFormat DetectFormat(string path);

    /// <summary>
    /// The word for the kernel command line that names the root partition, or the <c>/usr</c> partition, of a raw
    /// image's partition table (the spec, section 5.2).
    /// </summary>
    /// <exception cref="Errors.VmSpawnException">There is no partition table, or no such partition.</exception>
    string FindRootArgument(string path, DiskFormat format, GuestArchitecture architecture);
}
