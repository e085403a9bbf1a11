namespace VmSpawn.Engine.Configuration;

/// <summary>Guest memory: what it starts with and what can be plugged in while it runs.</summary>
public sealed record MemorySize
{
    private const int MaximumSlots = 256;

    private MemorySize(ByteSize initial, ByteSize? maximum, int? slots)
    {
        Initial = initial;
        Maximum = maximum;
        Slots = slots;
    }

    /// <summary>The manual page's default, 2 GiB.</summary>
    public static MemorySize Default { get; } = new(ByteSize.FromMebibytes(2048), null, null);

    /// <summary>Memory at start; more than nothing.</summary>
    public ByteSize Initial { get; }

    /// <summary>Most that can be plugged in, not below <see cref="Initial"/>; <see langword="null"/> without hot-plug.</summary>
    public ByteSize? Maximum { get; }

    /// <summary>Slots to plug memory into, 1 to 256; <see langword="null"/> without hot-plug.</summary>
    public int? Slots { get; }

    /// <summary>So much memory, without hot-plug.</summary>
    /// <exception cref="Errors.InvalidValueException">It is nothing.</exception>
    public static MemorySize FromBytes(ulong bytes) => Create(new ByteSize(bytes), null, null, bytes.ToString());

    /// <summary>Reads <c>SIZE[:MAX[:SLOTS]]</c>; slots are 1 unless given.</summary>
    /// <param name="text">The text.</param>
    /// <param name="allowPowerShell">True to take PowerShell's <c>2GB</c> as well.</param>
    /// <exception cref="Errors.InvalidValueException">It is no such text, or it is nothing.</exception>
    public static MemorySize Parse(string? text, bool allowPowerShell = false)
    {
        var parts = (text ?? "").Split(':');
        if (parts.Length > 3)
        {
            throw Invalid(text, "it has more than three parts");
        }

        var initial = Size(parts[0], text, allowPowerShell);
        if (parts.Length == 1 || (parts.Length == 2 && parts[1].Length == 0))
        {
            return Create(initial, null, null, text);
        }

        if (parts[1].Length == 0)
        {
            throw Invalid(text, "slots need a maximum size before them");
        }

        var slots = 1;
        if (
            parts.Length == 3
            && parts[2].Length > 0
            && (
                !int.TryParse(parts[2], System.Globalization.NumberStyles.None, null, out slots)
                || slots is < 1 or > 256
            )
        )
        {
            throw Invalid(text, $"'{parts[2]}' is no number of slots from 1 to {MaximumSlots}");
        }

        return Create(initial, Size(parts[1], text, allowPowerShell), slots, text);
    }

    /// <summary>The text that gives this value again.</summary>
    public override string ToString() => Maximum is null ? $"{Initial}" : $"{Initial}:{Maximum}:{Slots}";

    private static ByteSize Size(string part, string? text, bool allowPowerShell)
    {
        try
        {
            return ByteSize.Parse(part, "ram", allowPowerShell);
        }
        catch (Errors.InvalidValueException e) when (!string.Equals(part, text, StringComparison.Ordinal))
        {
            throw ValueError.Create("ram", text, $"'{part}' is no size", e.Hint ?? "");
        }
    }

    private static MemorySize Create(ByteSize initial, ByteSize? maximum, int? slots, string? text)
    {
        if (initial.Bytes == 0)
        {
            throw Invalid(text, "a VM cannot run without memory");
        }

        return maximum?.Bytes < initial.Bytes
            ? throw Invalid(text, "the maximum is below the size at start")
            : new MemorySize(initial, maximum, slots);
    }

    private static Errors.InvalidValueException Invalid(string? text, string reason) =>
        ValueError.Create("ram", text, reason, "Use SIZE or SIZE:MAX:SLOTS, such as 2G or 2G:8G:4.");
}
