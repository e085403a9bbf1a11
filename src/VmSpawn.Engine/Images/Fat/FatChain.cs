namespace VmSpawn.Engine.Images.Fat;

/// <summary>The clusters of one file, followed as far as they are asked for.</summary>
/// <param name="layout">Which numbers are clusters.</param>
/// <param name="table">Which cluster follows which.</param>
/// <param name="file">The file.</param>
internal sealed class FatChain(FatLayout layout, FatTable table, FatEntry file)
{
    private long index;
    private uint? cluster;

    /// <summary>Where a byte of the file is in the volume, and how many follow it there.</summary>
    /// <exception cref="IOException">The chain ends before it.</exception>
    public (long Offset, int Room) Place(long position)
    {
        var within = (int)(position % layout.ClusterLength);
        return (layout.OffsetOf(ClusterAt(position / layout.ClusterLength)) + within, layout.ClusterLength - within);
    }

    /// <summary>The cluster at a place in the chain. Going on is cheap, going back begins anew.</summary>
    /// <exception cref="IOException">The chain is shorter.</exception>
    private uint ClusterAt(long place)
    {
        if (cluster is null || place < index)
        {
            (index, cluster) = (0, layout.IsCluster(file.FirstCluster) ? file.FirstCluster : null);
        }

        // A chain longer than the volume is a loop.
        if (place >= layout.ClusterCount)
        {
            throw CutShort();
        }

        for (; index < place && cluster is { } current; index++)
        {
            cluster = table.Next(current);
        }

        return cluster ?? throw CutShort();
    }

    private IOException CutShort() =>
        new($"The clusters of '{Host.OneLine.Of(file.Name, 60)}' end before it does: the file system is damaged.");
}
