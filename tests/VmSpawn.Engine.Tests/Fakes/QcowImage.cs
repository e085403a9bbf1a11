using System.Buffers.Binary;
using System.IO.Compression;

namespace VmSpawn.Engine.Tests.Fakes;

/// <summary>The first bytes of a qcow2 image (QEMU's docs/interop/qcow2.txt).</summary>
internal static class QcowImage
{
    private const int BackingNameOffset = 256;

    /// <summary>An image that a guest sees those bytes on: every second cluster is compressed, empty ones are left out.</summary>
    /// <param name="disk">The bytes, whole clusters.</param>
    /// <param name="clusterBits">Binary logarithm of the clusters' size.</param>
    public static byte[] Of(byte[] disk, int clusterBits = 12)
    {
        var size = 1 << clusterBits;
        var perTable = size / sizeof(ulong);
        var clusters = disk.Length / size;
        var tables = (clusters + perTable - 1) / perTable;
        var image = new MemoryStream();
        image.Write(new byte[(2 + tables) * size]);
        var entries = new ulong[clusters];
        for (var i = 0; i < clusters; i++)
        {
            var cluster = disk.AsSpan(i * size, size);
            if (cluster.IndexOfAnyExcept((byte)0) >= 0)
            {
                entries[i] = i % 2 == 0 ? Plain(image, cluster) : Packed(image, cluster, clusterBits);
            }
        }

        image.Write(new byte[512]);
        var bytes = image.ToArray();
        Empty(disk.Length).AsSpan(0, 104).CopyTo(bytes);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(20), (uint)clusterBits);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(36), (uint)tables);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(40), size);
        for (var table = 0; table < tables; table++)
        {
            BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(size + (table * 8)), (2 + table) * (long)size);
        }

        for (var i = 0; i < clusters; i++)
        {
            BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan((2 * size) + (i * 8)), entries[i]);
        }

        return bytes;
    }

    private static ulong Plain(MemoryStream image, ReadOnlySpan<byte> cluster)
    {
        image.SetLength((image.Length + cluster.Length - 1) / cluster.Length * cluster.Length);
        image.Position = image.Length;
        image.Write(cluster);
        return (1UL << 63) | (ulong)(image.Length - cluster.Length);
    }

    // At any byte, as QEMU packs them.
    private static ulong Packed(MemoryStream image, ReadOnlySpan<byte> cluster, int clusterBits)
    {
        var packed = new MemoryStream();
        using (var deflater = new DeflateStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            deflater.Write(cluster);
        }

        var start = image.Position = image.Length;
        packed.WriteTo(image);
        var sectors = ((start % 512) + packed.Length + 511) / 512;
        return (1UL << 62) | ((ulong)(sectors - 1) << (62 - (clusterBits - 8))) | (ulong)start;
    }

    /// <summary>An image of version 3 and of that size, with or without a file that it is based on.</summary>
    public static byte[] Empty(long size, string? backingFile = null)
    {
        var image = new byte[65536];
        "QFI"u8.CopyTo(image);
        image[3] = 0xfb;
        BinaryPrimitives.WriteUInt32BigEndian(image.AsSpan(4), 3);
        BinaryPrimitives.WriteUInt32BigEndian(image.AsSpan(20), 16);
        BinaryPrimitives.WriteInt64BigEndian(image.AsSpan(24), size);
        BinaryPrimitives.WriteUInt32BigEndian(image.AsSpan(100), 104);
        if (backingFile is not null)
        {
            BinaryPrimitives.WriteInt64BigEndian(image.AsSpan(8), BackingNameOffset);
            BinaryPrimitives.WriteUInt32BigEndian(image.AsSpan(16), (uint)backingFile.Length);
            System.Text.Encoding.ASCII.GetBytes(backingFile, image.AsSpan(BackingNameOffset));
        }

        return image;
    }
}
