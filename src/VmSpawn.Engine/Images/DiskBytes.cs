namespace VmSpawn.Engine.Images;

/// <summary>The bytes of an open image or device, read at any place with every bound checked.</summary>
/// <param name="stream">Seekable content; stays the caller's.</param>
/// <param name="length">Its length in bytes (a device's stream does not know it).</param>
/// <param name="start">Place in the stream where these bytes begin.</param>
internal sealed class DiskBytes(Stream stream, long length, long start = 0)
{
    /// <summary>Place in the stream where these bytes begin.</summary>
    public long Start { get; } = start;

    /// <summary>Length in bytes.</summary>
    public long Length { get; } = length;

    /// <summary>Fills the buffer from a place; false if not all of it lies inside.</summary>
    public bool TryRead(long offset, Span<byte> buffer)
    {
        if (offset < 0 || offset > Length || buffer.Length > Length - offset)
        {
            return false;
        }

        stream.Position = Start + offset;
        return stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false) == buffer.Length;
    }

    /// <summary>A range of these bytes by itself, such as a partition; it has to lie inside.</summary>
    public DiskBytes Slice(long offset, long count) =>
        offset >= 0 && count >= 0 && offset <= Length - count
            ? new DiskBytes(stream, count, Start + offset)
            : throw new ArgumentOutOfRangeException(nameof(offset));

    /// <summary>A copy of a range, or <see langword="null"/> if not all of it lies inside.</summary>
    /// <param name="offset">First byte.</param>
    /// <param name="count">Number of bytes; the caller bounds it.</param>
    public byte[]? TryRead(long offset, int count)
    {
        if (count > Length)
        {
            return null;
        }

        var bytes = new byte[count];
        return TryRead(offset, bytes) ? bytes : null;
    }
}
