using System.Buffers.Binary;

namespace VmSpawn.Engine.Images.Fat;

/// <summary>The file allocation table: which cluster follows which.</summary>
/// <param name="volume">The volume.</param>
/// <param name="layout">Where the table is.</param>
/// <param name="work">Bounds what is done for a hostile one.</param>
internal sealed class FatTable(DiskBytes volume, FatLayout layout, FatWork work)
{
    private const int WindowLength = 4096;

    // An entry of FAT12 may begin with the last byte of a window.
    private readonly byte[] window = new byte[WindowLength + sizeof(uint)];
    private long windowOffset = -1;

    /// <summary>
    /// The cluster behind a cluster, or <see langword="null"/> at the end of a chain. What is no cluster's number ends the
    /// chain, too: whoever needs more of it says that it is cut short.
    /// </summary>
    public uint? Next(uint cluster)
    {
        work.Spend(1);
        var next = layout.Bits switch
        {
            12 => Fat12(cluster),
            16 => Read(cluster * 2L) & 0xffff,
            _ => Read(cluster * 4L) & 0x0fffffff,
        };
        return layout.IsCluster(next) ? next : null;
    }

    private uint Fat12(uint cluster)
    {
        var pair = Read(cluster + (cluster / 2));
        return (cluster % 2 == 0 ? pair : pair >> 4) & 0xfff;
    }

    private uint Read(long offset)
    {
        var start = offset / WindowLength * WindowLength;
        if (start != windowOffset)
        {
            work.Spend(WindowLength / 64);
            var length = (int)Math.Min(window.Length, volume.Length - (layout.TableOffset + start));
            window.AsSpan().Clear();
            if (!volume.TryRead(layout.TableOffset + start, window.AsSpan(0, length)))
            {
                throw new IOException("The file allocation table cannot be read.");
            }

            windowOffset = start;
        }

        return BinaryPrimitives.ReadUInt32LittleEndian(window.AsSpan((int)(offset - start)));
    }
}
