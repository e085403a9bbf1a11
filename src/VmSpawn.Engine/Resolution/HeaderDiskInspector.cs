using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Host;

namespace VmSpawn.Engine.Resolution;

/// <summary>Reads disk images through the host's files.</summary>
internal sealed class HeaderDiskInspector(IHostFiles files) : IDiskInspector
{
    // "QFI" and 0xfb: QEMU's docs/interop/qcow2.txt.
    private static ReadOnlySpan<byte> Qcow2Magic => "QFI"u8;

    /// <inheritdoc/>
    public DiskFormat DetectFormat(string path)
    {
        Span<byte> header = stackalloc byte[4];
        using var stream = files.OpenRead(path);
        var read = stream.ReadAtLeast(header, header.Length, throwOnEndOfStream: false);
        return read == header.Length && header[..3].SequenceEqual(Qcow2Magic) && header[3] == 0xfb
            ? DiskFormat.Qcow2
            : DiskFormat.Raw;
    }

    /// <inheritdoc/>
    public string FindRootArgument(string path, DiskFormat format, GuestArchitecture architecture) =>
        throw new VmSpawnException(
            "RootNotFound",
            VmErrorKind.InvalidData,
            $"The root partition of '{path}' is not known.",
            path,
            "Name it yourself with a kernel argument such as root=/dev/vda2."
        );
}
