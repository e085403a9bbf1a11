using System.Buffers.Binary;
using System.Text;
using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Host;

namespace VmSpawn.Engine.Images;

/// <summary>Recognizes disk image formats by their headers.</summary>
public static class DiskImage
{
    private const int ProbeLength = 512;

    // Header fields of QEMU's docs/interop/qcow2.txt.
    private const int Qcow2Version2Length = 72;
    private const int Qcow2Version3Length = 104;
    private const int BackingNameLimit = 1023;
    private const ulong ExternalDataFile = 1UL << 2;

    private static ReadOnlySpan<byte> Qcow2Magic => [(byte)'Q', (byte)'F', (byte)'I', 0xfb];

    /// <summary>Reads the header of an image or block device.</summary>
    /// <exception cref="InvalidFileException"><c>InvalidImage</c>: the header is that of a format, but damaged.</exception>
    /// <exception cref="IOException">The image cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The caller may not read it.</exception>
    public static DiskImageHeader ReadHeader(IHostFiles files, string path)
    {
        var length = files.GetLength(path);
        using var stream = files.OpenRead(path);
        return ReadHeader(new DiskBytes(stream, length), path);
    }

    internal static DiskImageHeader ReadHeader(DiskBytes disk, string path)
    {
        var probe = new byte[(int)Math.Min(ProbeLength, disk.Length)];
        if (!disk.TryRead(0, probe))
        {
            probe = [];
        }

        ReadOnlySpan<byte> header = probe;
        if (header.StartsWith(Qcow2Magic))
        {
            return ReadQcow2(disk, header, path);
        }

        // "VMDK virtual disk format": KDMV is the sparse extent, COWD its forerunner, text the descriptor.
        if (header.StartsWith("KDMV"u8))
        {
            return new DiskImageHeader(DiskFormat.Vmdk, Sectors(LittleEndian(header, 12)));
        }

        if (header.StartsWith("COWD"u8) || header.StartsWith("# Disk DescriptorFile"u8))
        {
            return new DiskImageHeader(DiskFormat.Vmdk, null);
        }

        // [MS-VHDX] 2.2.1; the size is in a table elsewhere.
        if (header.StartsWith("vhdxfile"u8))
        {
            return new DiskImageHeader(DiskFormat.Vhdx, null);
        }

        // VirtualBox: signature behind a text of 64 bytes, size at 0x170 in all current versions.
        return header.Length >= 0x44 && BinaryPrimitives.ReadUInt32LittleEndian(header[0x40..]) == 0xbeda107f
            ? new DiskImageHeader(DiskFormat.Vdi, LittleEndian(header, 0x170))
            : new DiskImageHeader(DiskFormat.Raw, disk.Length);
    }

    private static DiskImageHeader ReadQcow2(DiskBytes disk, ReadOnlySpan<byte> header, string path)
    {
        if (header.Length < Qcow2Version2Length)
        {
            throw Invalid(path, "its qcow2 header is cut short");
        }

        var version = BinaryPrimitives.ReadUInt32BigEndian(header[4..]);
        if (version is not (2 or 3))
        {
            throw Invalid(path, $"qcow2 version {version} is unknown");
        }

        if (version == 3 && header.Length < Qcow2Version3Length)
        {
            throw Invalid(path, "its qcow2 header is cut short");
        }

        // QEMU's MIN_CLUSTER_BITS and MAX_CLUSTER_BITS.
        var clusterBits = BinaryPrimitives.ReadUInt32BigEndian(header[20..]);
        if (clusterBits is < 9 or > 21)
        {
            throw Invalid(path, $"its qcow2 header claims clusters of 2^{clusterBits} bytes");
        }

        var size = BinaryPrimitives.ReadInt64BigEndian(header[24..]);
        if (size < 0)
        {
            throw Invalid(path, "its qcow2 header claims an impossible size");
        }

        var features = version == 3 ? BinaryPrimitives.ReadUInt64BigEndian(header[72..]) : 0;
        return new DiskImageHeader(
            DiskFormat.Qcow2,
            size,
            ReadBackingFile(disk, header, path),
            (features & ExternalDataFile) != 0
        );
    }

    private static string? ReadBackingFile(DiskBytes disk, ReadOnlySpan<byte> header, string path)
    {
        var offset = BinaryPrimitives.ReadInt64BigEndian(header[8..]);
        var length = BinaryPrimitives.ReadUInt32BigEndian(header[16..]);
        if (offset == 0)
        {
            return null;
        }

        return length <= BackingNameLimit && disk.TryRead(offset, (int)length) is { } name
            ? Encoding.UTF8.GetString(name)
            : throw Invalid(path, "the name of its backing file lies outside the qcow2 header's bounds");
    }

    private static long? LittleEndian(ReadOnlySpan<byte> header, int offset) =>
        header.Length >= offset + sizeof(long)
        && BinaryPrimitives.ReadInt64LittleEndian(header[offset..]) is >= 0 and var value
            ? value
            : null;

    private static long? Sectors(long? count) => count is { } c and <= long.MaxValue / 512 ? c * 512 : null;

    private static InvalidFileException Invalid(string path, string reason) =>
        new("InvalidImage", "Image", path, reason, "Check the file with 'qemu-img check'.");
}
