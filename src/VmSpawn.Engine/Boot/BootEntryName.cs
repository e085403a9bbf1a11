using System.Globalization;

namespace VmSpawn.Engine.Boot;

/// <summary>The file name of an entry, with the boot counters taken out: <c>os+3-1.conf</c> has three tries left and one done.</summary>
/// <param name="Id">The name without the counters.</param>
/// <param name="TriesLeft">Tries left, if boots are counted.</param>
/// <param name="TriesDone">Tries done, if boots are counted.</param>
internal sealed record BootEntryName(string Id, int? TriesLeft, int? TriesDone)
{
    /// <summary>Longest file name of Linux, and of the Boot Loader Specification.</summary>
    private const int LengthLimit = 255;

    /// <summary>True if the Boot Loader Specification allows the name.</summary>
    public static bool IsValid(string name) =>
        name.Length is > 0 and <= LengthLimit
        && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '+' or '-' or '_' or '.');

    /// <summary>Takes the counters out of a name that ends in a suffix.</summary>
    public static BootEntryName Parse(string name)
    {
        var dot = name.LastIndexOf('.');
        var plus = name.LastIndexOf('+', dot < 0 ? name.Length - 1 : dot);
        if (plus < 0 || dot < 0)
        {
            return new BootEntryName(name, null, null);
        }

        var counters = name.AsSpan(plus + 1, dot - plus - 1);
        var minus = counters.IndexOf('-');
        var left = Number(minus < 0 ? counters : counters[..minus]);
        var done = minus < 0 ? 0 : Number(counters[(minus + 1)..]);
        return left is null || done is null
            ? new BootEntryName(name, null, null)
            : new BootEntryName(string.Concat(name.AsSpan(0, plus), name.AsSpan(dot)), left, done);
    }

    private static int? Number(ReadOnlySpan<char> digits) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
