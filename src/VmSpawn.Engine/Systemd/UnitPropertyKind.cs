using System.Globalization;
using VmSpawn.Engine.Configuration;

namespace VmSpawn.Engine.Systemd;

/// <summary>How the text of a setting becomes a value on the bus (systemd.resource-control(5), org.freedesktop.systemd1(5)).</summary>
/// <param name="read">Reads the text; <see langword="null"/> if it is no value.</param>
/// <param name="hint">What is accepted.</param>
internal sealed class UnitPropertyKind(Func<string, string, BusProperty?> read, string hint)
{
    private const string Infinity = "infinity";
    private const ulong MaximumWeight = 10_000; // CGROUP_WEIGHT_MAX
    private const int MaximumNumber = 8191; // of a CPU, CPU_SET_MAX_NCPU of the kernel

    // Signals by name, as far as anybody sends them to end a program (signal(7), x86 and arm numbering).
    private static readonly Dictionary<string, int> Signals = new(StringComparer.Ordinal)
    {
        ["HUP"] = 1,
        ["INT"] = 2,
        ["QUIT"] = 3,
        ["KILL"] = 9,
        ["USR1"] = 10,
        ["USR2"] = 12,
        ["TERM"] = 15,
        ["CONT"] = 18,
        ["WINCH"] = 28,
        ["PWR"] = 30,
    };

    /// <summary>What is accepted, in a sentence.</summary>
    public string Hint => hint;

    /// <summary>Bytes, a percentage of the host's memory, or no limit.</summary>
    public static UnitPropertyKind Bytes { get; } =
        new(
            (name, text) => Limit(name, text, value => ByteSize.TryParse(value, out var size) ? size.Bytes : null),
            "Use bytes such as 512M or 4G, a percentage such as 50%, or infinity."
        );

    /// <summary>A number of tasks, a percentage of the host's, or no limit.</summary>
    public static UnitPropertyKind Tasks { get; } =
        new((name, text) => Limit(name, text, Number), "Use a number, a percentage such as 10%, or infinity.");

    /// <summary>Yes or no.</summary>
    public static UnitPropertyKind Boolean { get; } =
        new(
            (name, text) => BooleanText.TryParse(text, out var value) ? BusProperty.Boolean(name, value) : null,
            BooleanText.Accepted
        );

    /// <summary>A share, 1 to 10000.</summary>
    public static UnitPropertyKind Weight { get; } =
        new(
            (name, text) => WeightOf(text) is { } value ? BusProperty.Number(name, value) : null,
            "Use a number from 1 to 10000; 100 is what every unit has by default."
        );

    /// <summary>A share, or only what nobody else wants.</summary>
    public static UnitPropertyKind CpuWeight { get; } =
        new(
            // CGROUP_WEIGHT_IDLE is 0 on the bus.
            (name, text) => text == "idle" ? BusProperty.Number(name, 0) : Weight!.Read(name, text),
            "Use a number from 1 to 10000, or idle; 100 is what every unit has by default."
        );

    /// <summary>Time of one CPU in percent; on the bus microseconds in each second.</summary>
    public static UnitPropertyKind Quota { get; } =
        new(
            (_, text) => QuotaOf(text) is { } value ? BusProperty.Number("CPUQuotaPerSecUSec", value) : null,
            "Use a percentage of one CPU such as 50% or 200%, or infinity."
        );

    /// <summary>Numbers of CPUs or memory nodes.</summary>
    public static UnitPropertyKind NumberSet { get; } =
        new(
            (name, text) => BitsOf(text) is { } bits ? BusProperty.Bytes(name, bits) : null,
            "Use numbers and ranges such as 0-3,6."
        );

    /// <summary>A device and a share of it.</summary>
    public static UnitPropertyKind DeviceWeight { get; } =
        new(
            (name, text) =>
                OfDevice(text) is var (path, rest) && WeightOf(rest) is { } value
                    ? BusProperty.OfDevice(name, path, value)
                    : null,
            "Use a device and a number from 1 to 10000, such as '/dev/sda 500'."
        );

    /// <summary>A device and an amount in each second, in decimal multiples.</summary>
    public static UnitPropertyKind DeviceAmount { get; } =
        new(
            (name, text) =>
                OfDevice(text) is var (path, rest) && AmountOf(rest) is { } value
                    ? BusProperty.OfDevice(name, path, value)
                    : null,
            "Use a device and an amount in each second, such as '/dev/sda 5M', or infinity."
        );

    /// <summary>A device and what may be done with it.</summary>
    public static UnitPropertyKind DeviceAccess { get; } =
        new(
            (name, text) =>
                text.Split(' ', StringSplitOptions.RemoveEmptyEntries) switch
                {
                    [var path] when IsDevice(path) => BusProperty.OfDevice(name, path, "rwm"),
                    [var path, var access] when IsDevice(path) && access.All("rwm".Contains) => BusProperty.OfDevice(
                        name,
                        path,
                        access
                    ),
                    _ => null,
                },
            "Use a device or a group of devices and what is allowed, such as '/dev/kvm rw' or 'char-pts rw'."
        );

    /// <summary>A signal by name or number.</summary>
    public static UnitPropertyKind Signal { get; } =
        new(
            (name, text) => SignalOf(text) is { } value ? BusProperty.SignedNumber(name, value) : null,
            "Use the name or the number of a signal, such as SIGTERM."
        );

    /// <summary>Any text of one line.</summary>
    public static UnitPropertyKind Text { get; } =
        new(
            (name, text) => text.Length > 0 && !text.Any(char.IsControl) ? BusProperty.Text(name, text) : null,
            "Use a text of one line."
        );

    /// <summary>Names of units.</summary>
    public static UnitPropertyKind Units { get; } =
        new(
            (name, text) =>
                text.Split(' ', StringSplitOptions.RemoveEmptyEntries) is { Length: > 0 } units
                && units.All(UnitName.IsValid)
                    ? BusProperty.Texts(name, units)
                    : null,
            "Use names of units, such as network.target."
        );

    /// <summary>A span of time, which has another name on the bus.</summary>
    public static UnitPropertyKind Time(string busName) =>
        new(
            (_, text) =>
                TimeSpanText.TryParse(text, out var microseconds) ? BusProperty.Number(busName, microseconds) : null,
            "Use seconds, or units as in 90s, 5min 20s or 500ms, or infinity."
        );

    /// <summary>One of some words.</summary>
    public static UnitPropertyKind OneOf(params string[] words) =>
        new(
            (name, text) => words.Contains(text, StringComparer.Ordinal) ? BusProperty.Text(name, text) : null,
            $"Use one of {string.Join(", ", words)}."
        );

    /// <summary>Reads a value; <see langword="null"/> if it is none.</summary>
    public BusProperty? Read(string name, string text) => read(name, text);

    private static BusProperty? Limit(string name, string text, Func<string, ulong?> number)
    {
        if (text == Infinity)
        {
            return BusProperty.Number(name, ulong.MaxValue);
        }

        if (PercentOf(text) is { } percent)
        {
            // A share of the host's is another property: a fraction of 2^32-1.
            return percent <= 100
                ? BusProperty.SmallNumber($"{name}Scale", (uint)(percent / 100 * uint.MaxValue))
                : null;
        }

        return number(text) is { } value ? BusProperty.Number(name, value) : null;
    }

    private static double? PercentOf(string text) =>
        text.EndsWith('%')
        && double.TryParse(
            text.AsSpan(0, text.Length - 1),
            NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture,
            out var value
        )
            ? value
            : null;

    private static ulong? Number(string text) =>
        ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;

    private static ulong? WeightOf(string text) =>
        Number(text) is >= 1 and <= MaximumWeight and var value ? value : null;

    private static ulong? QuotaOf(string text) =>
        text == Infinity ? TimeSpanText.Infinity
        : PercentOf(text) is > 0 and < 1e9 and var percent ? (ulong)(percent * 10_000)
        : null;

    // Rates have decimal multiples, unlike memory (systemd.resource-control(5)).
    private static ulong? AmountOf(string text)
    {
        if (text == Infinity)
        {
            return ulong.MaxValue;
        }

        var power = text.Length > 0 ? "KMGT".IndexOf(text[^1]) + 1 : 0;
        var number = Number(power > 0 ? text[..^1] : text);
        return number is < 1_000_000_000 || (power == 0 && number is not null)
            ? number * (ulong)Math.Pow(1000, power)
            : null;
    }

    private static (string Path, string Value)? OfDevice(string text) =>
        text.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var path, var rest] && path.StartsWith('/')
            ? (path, rest)
            : null;

    private static bool IsDevice(string text) =>
        text.StartsWith("/dev/", StringComparison.Ordinal)
        || text.StartsWith("char-", StringComparison.Ordinal)
        || text.StartsWith("block-", StringComparison.Ordinal);

    private static int? SignalOf(string text) =>
        Number(text) is >= 1 and <= 64 and var number ? (int)number
        : Signals.TryGetValue(text.StartsWith("SIG", StringComparison.Ordinal) ? text[3..] : text, out var known)
            ? known
        : null;

    // A bit for each number, the lowest first, eight a byte.
    private static byte[]? BitsOf(string text)
    {
        var bits = new byte[(MaximumNumber + 1) / 8];
        var highest = -1;
        foreach (var part in text.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries))
        {
            var ends = part.Split('-');
            if (
                ends.Length > 2
                || Number(ends[0]) is not (<= MaximumNumber and var first)
                || Number(ends[^1]) is not (<= MaximumNumber and var last)
                || first > last
            )
            {
                return null;
            }

            for (var number = (int)first; number <= (int)last; number++)
            {
                bits[number / 8] |= (byte)(1 << (number % 8));
                highest = Math.Max(highest, number);
            }
        }

        return highest < 0 ? null : bits[..(highest / 8 + 1)];
    }
}
