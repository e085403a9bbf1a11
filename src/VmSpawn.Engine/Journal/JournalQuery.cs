using System.Collections.Immutable;
using System.Globalization;

namespace VmSpawn.Engine.Journal;

/// <summary>Which entries of a journal are wanted; what is not said, leaves none out.</summary>
public sealed record JournalQuery
{
    /// <summary>Units, or patterns of them: those that wrote it, or that it is about.</summary>
    public ImmutableArray<string> Units { get; init; } = [];

    /// <summary>Least urgent priority, 0 to 7.</summary>
    public int? Priority { get; init; }

    /// <summary>From that moment on.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Up to that moment.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>So many at most, the last ones.</summary>
    public int? Last { get; init; }

    /// <summary>The query as options of <c>journalctl</c>.</summary>
    /// <param name="after">Cursor of an entry: only those behind it, however many.</param>
    internal IEnumerable<string> Arguments(string? after)
    {
        foreach (var unit in Units)
        {
            yield return $"--unit={unit}";
        }

        if (Priority is { } priority)
        {
            yield return $"--priority={priority}";
        }

        if (Since is { } since)
        {
            yield return $"--since={Format(since)}";
        }

        if (Until is { } until)
        {
            yield return $"--until={Format(until)}";
        }

        if (after is not null)
        {
            yield return $"--after-cursor={after}";
        }

        if (Last is { } last)
        {
            yield return $"--lines={last.ToString(CultureInfo.InvariantCulture)}";
        }
    }

    // systemd.time(7): seconds since the epoch, which need no time zone.
    private static string Format(DateTimeOffset time)
    {
        var microseconds = Math.Max(0, (time - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond);
        return string.Create(CultureInfo.InvariantCulture, $"@{microseconds / 1000000}.{microseconds % 1000000:d6}");
    }
}
