namespace VmSpawn.Engine.Images.Fat;

/// <summary>The content of a file of a FAT file system.</summary>
/// <param name="volume">The volume.</param>
/// <param name="chain">The file's clusters.</param>
/// <param name="length">Its length.</param>
internal sealed class FatFileStream(DiskBytes volume, FatChain chain, long length) : Stream
{
    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => true;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length { get; } = length;

    /// <inheritdoc/>
    public override long Position { get; set; }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    /// <exception cref="IOException">Its clusters end before it does, or the image cannot be read.</exception>
    public override int Read(Span<byte> buffer)
    {
        if (Position < 0 || Position >= Length || buffer.IsEmpty)
        {
            return 0;
        }

        var (offset, room) = chain.Place(Position);
        var part = buffer[..(int)Math.Min(Math.Min(room, buffer.Length), Length - Position)];
        if (!volume.TryRead(offset, part))
        {
            throw new IOException("The image ends within the file.");
        }

        Position += part.Length;
        return part.Length;
    }

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
}
