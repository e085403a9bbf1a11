using System.Buffers.Binary;
using System.IO.Compression;

namespace VmSpawn.Engine.Images;

/// <summary>
/// What a guest sees on a qcow2 image (QEMU's <c>docs/interop/qcow2.txt</c>), for reading a few sectors of it. Tables are
/// looked up for each read: nothing of the image's claimed size is held in memory.
/// </summary>
internal sealed class Qcow2Stream : Stream
{
    private const int HeaderLength = 104;
    private const ulong OffsetMask = 0x00ff_ffff_ffff_fe00;
    private const ulong Compressed = 1UL << 62;
    private const ulong AllZeros = 1;
    private const ulong Dirty = 1; // Of the incompatible features: its reference counts are stale, its data is not.
    private const int SectorSize = 512;

    private readonly DiskBytes bytes;
    private readonly int clusterBits;
    private readonly uint firstTableLength;
    private readonly long firstTable;

    /// <summary>Opens an image whose header has been looked at (<see cref="DiskImage.ReadHeader(DiskBytes, string)"/>).</summary>
    /// <param name="file">Its bytes.</param>
    /// <exception cref="IOException">It is damaged.</exception>
    /// <exception cref="NotSupportedException">It is of a kind that is not read here; says which, in a clause.</exception>
    public Qcow2Stream(DiskBytes file)
    {
        bytes = file;
        Span<byte> header = stackalloc byte[HeaderLength];
        header.Clear();
        if (!file.TryRead(0, header[..(int)Math.Min(HeaderLength, file.Length)]))
        {
            throw Damaged("its header is cut short");
        }

        clusterBits = (int)BinaryPrimitives.ReadUInt32BigEndian(header[20..]);
        Length = BinaryPrimitives.ReadInt64BigEndian(header[24..]);
        firstTableLength = BinaryPrimitives.ReadUInt32BigEndian(header[36..]);
        firstTable = BinaryPrimitives.ReadInt64BigEndian(header[40..]);
        if (clusterBits is < 9 or > 21 || Length < 0)
        {
            throw Damaged("its header is not that of an image");
        }

        if (BinaryPrimitives.ReadInt64BigEndian(header[8..]) != 0)
        {
            throw new NotSupportedException("it takes data from another file");
        }

        if (BinaryPrimitives.ReadUInt32BigEndian(header[32..]) != 0)
        {
            throw new NotSupportedException("it is encrypted");
        }

        var version = BinaryPrimitives.ReadUInt32BigEndian(header[4..]);
        if (version > 2 && (BinaryPrimitives.ReadUInt64BigEndian(header[72..]) & ~Dirty) != 0)
        {
            throw new NotSupportedException("it uses a feature of qcow2 that is not known here");
        }
    }

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => true;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length { get; }

    /// <inheritdoc/>
    public override long Position { get; set; }

    private int ClusterSize => 1 << clusterBits;

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        if (Position < 0 || Position >= Length)
        {
            return 0;
        }

        var inCluster = (int)(Position & (ClusterSize - 1));
        var count = (int)Math.Min(Math.Min(buffer.Length, ClusterSize - inCluster), Length - Position);
        ReadCluster(Position >> clusterBits, inCluster, buffer[..count]);
        Position += count;
        return count;
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) =>
        Position = origin switch
        {
            SeekOrigin.Begin => offset,
            SeekOrigin.Current => Position + offset,
            _ => Length + offset,
        };

    /// <inheritdoc/>
    public override void Flush() { }

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private void ReadCluster(long cluster, int start, Span<byte> buffer)
    {
        var entry = EntryOf(cluster);
        if ((entry & Compressed) != 0)
        {
            Inflate(entry, start, buffer);
            return;
        }

        // Version 2 has no such flag, and its writers leave the bit clear.
        var offset = (long)(entry & OffsetMask);
        if (offset == 0 || (entry & AllZeros) != 0)
        {
            buffer.Clear();
        }
        else if (!bytes.TryRead(offset + start, buffer))
        {
            throw Damaged("a cluster lies outside of the file");
        }
    }

    // The entry of a cluster in the second table, 0 if there is none.
    private ulong EntryOf(long cluster)
    {
        var second = clusterBits - 3;
        var first = cluster >> second;
        if (first >= firstTableLength)
        {
            return 0;
        }

        var table = (long)(ReadEntry(firstTable, first) & OffsetMask);
        return table == 0 ? 0 : ReadEntry(table, cluster & ((1L << second) - 1));
    }

    private ulong ReadEntry(long table, long index)
    {
        Span<byte> entry = stackalloc byte[sizeof(ulong)];
        return table > 0 && table <= bytes.Length && bytes.TryRead(table + (index * sizeof(ulong)), entry)
            ? BinaryPrimitives.ReadUInt64BigEndian(entry)
            : throw Damaged("a table lies outside of the file");
    }

    private void Inflate(ulong entry, int start, Span<byte> buffer)
    {
        var bits = 62 - (clusterBits - 8);
        var offset = (long)(entry & ((1UL << bits) - 1));
        var sectors = (long)((entry & (Compressed - 1)) >> bits) + 1;
        var length = Math.Min((sectors * SectorSize) - (offset % SectorSize), bytes.Length - offset);
        if (length <= 0 || bytes.TryRead(offset, (int)length) is not { } packed)
        {
            throw Damaged("a compressed cluster lies outside of the file");
        }

        var cluster = new byte[ClusterSize];
        try
        {
            using var inflater = new DeflateStream(new MemoryStream(packed), CompressionMode.Decompress);
            if (inflater.ReadAtLeast(cluster, cluster.Length, throwOnEndOfStream: false) < cluster.Length)
            {
                throw Damaged("a compressed cluster is cut short");
            }
        }
        catch (InvalidDataException e)
        {
            throw new IOException($"The qcow2 image is damaged: {e.Message}", e);
        }

        cluster.AsSpan(start, buffer.Length).CopyTo(buffer);
    }

    private static IOException Damaged(string reason) => new($"The qcow2 image is damaged: {reason}.");
}
