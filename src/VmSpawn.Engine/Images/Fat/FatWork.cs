using VmSpawn.Engine.Errors;

namespace VmSpawn.Engine.Images.Fat;

/// <summary>
/// Bounds the work for one file system. Its clusters may be chained to loops and shared by any number of files, so that
/// sound bounds of each file and directory alone would not be enough.
/// </summary>
/// <param name="path">The image, for the message.</param>
internal sealed class FatWork(string path)
{
    /// <summary>What a record of a directory counts, in steps along a chain: it is kept in memory.</summary>
    public const int Record = 64;

    /// <summary>Steps, of which a sound boot partition takes some ten thousand; this many take about a second.</summary>
    private const long Limit = 64 * 1024 * 1024;

    private long spent;

    /// <summary>Counts steps.</summary>
    /// <exception cref="InvalidFileException">There were too many.</exception>
    public void Spend(int steps)
    {
        spent += steps;
        if (spent > Limit)
        {
            throw FatVolume.Invalid(path, "reading it takes more steps than any sound one");
        }
    }
}
