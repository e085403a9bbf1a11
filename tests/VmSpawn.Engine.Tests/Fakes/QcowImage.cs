using System.Buffers.Binary;

namespace VmSpawn.Engine.Tests.Fakes;

/// <summary>The first bytes of a qcow2 image (QEMU's docs/interop/qcow2.txt).</summary>
internal static class QcowImage
{
    private const int BackingNameOffset = 256;

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
