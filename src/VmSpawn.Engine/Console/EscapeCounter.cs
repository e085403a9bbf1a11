namespace VmSpawn.Engine.Console;

/// <summary>
/// Recognises Ctrl-] three times within a second among what is typed. Any other byte starts over, and one that comes
/// later than a second after the first counts as a new first (the spec, section 8.8).
/// </summary>
/// <param name="time">The clock.</param>
internal sealed class EscapeCounter(TimeProvider time)
{
    /// <summary>What Ctrl-] sends.</summary>
    public const byte Key = 0x1d;

    private const int Times = 3;
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(1);

    private int count;
    private long first;

    /// <summary>Looks at bytes that were read at once.</summary>
    /// <returns>True if they complete the sequence; then none of them is for the guest.</returns>
    public bool Read(ReadOnlySpan<byte> bytes)
    {
        foreach (var b in bytes)
        {
            if (b != Key)
            {
                count = 0;
                continue;
            }

            var now = time.GetTimestamp();
            if (count == 0 || time.GetElapsedTime(first, now) > Window)
            {
                (count, first) = (0, now);
            }

            if (++count == Times)
            {
                return true;
            }
        }

        return false;
    }
}
