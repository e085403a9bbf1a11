using System.Collections.Immutable;

namespace VmSpawn.Engine.Boot;

/// <summary>What the user should know of a boot menu; a hostile one may give cause for millions.</summary>
internal sealed class BootWarnings
{
    private const int Limit = 100;

    private readonly List<string> texts = [];
    private int more;

    /// <summary>Adds one.</summary>
    public void Add(string text)
    {
        if (texts.Count < Limit)
        {
            texts.Add(text);
        }
        else
        {
            more++;
        }
    }

    /// <summary>The first ones, and how many there are besides.</summary>
    public ImmutableArray<string> ToList() =>
        more == 0 ? [.. texts] : [.. texts, $"There are {more} more such messages."];
}
