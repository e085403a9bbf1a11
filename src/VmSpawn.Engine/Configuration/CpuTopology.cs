using System.Collections.Immutable;
using System.Globalization;
using VmSpawn.Engine.Errors;

namespace VmSpawn.Engine.Configuration;

/// <summary>The virtual CPUs: a number, or QEMU's topology form <c>N,sockets=S,cores=C,threads=T,maxcpus=M</c>.</summary>
public sealed record CpuTopology
{
    private const string Option = "cpus";

    // Keys of QEMU's -smp (qemu(1)); "cpus" may stand without its key in the first place.
    private static readonly string[] Keys =
    [
        "cpus",
        "maxcpus",
        "drawers",
        "books",
        "sockets",
        "dies",
        "clusters",
        "modules",
        "cores",
        "threads",
    ];

    private CpuTopology(string text, int count, ImmutableArray<KeyValuePair<string, int>> properties)
    {
        Text = text;
        Count = count;
        Properties = properties;
    }

    /// <summary>The manual page's default, one CPU.</summary>
    public static CpuTopology Default { get; } = Parse("1");

    /// <summary>The text as it was given, which is also the value of QEMU's <c>-smp</c>.</summary>
    public string Text { get; }

    /// <summary>Number of CPUs at start; 1 or more.</summary>
    public int Count { get; }

    /// <summary>The topology in the order given; empty for a bare number.</summary>
    public ImmutableArray<KeyValuePair<string, int>> Properties { get; }

    /// <summary>That many CPUs.</summary>
    /// <exception cref="InvalidValueException">It is not positive.</exception>
    public static CpuTopology FromCount(int count) => Parse(count.ToString(CultureInfo.InvariantCulture));

    /// <summary>Reads a number or QEMU's topology form and checks that QEMU can build it.</summary>
    /// <exception cref="InvalidValueException">It is neither, or its numbers contradict each other.</exception>
    public static CpuTopology Parse(string? text)
    {
        var properties = ImmutableArray.CreateBuilder<KeyValuePair<string, int>>();
        foreach (var part in (text ?? "").Split(','))
        {
            var separator = part.IndexOf('=');
            var key = separator < 0 && properties.Count == 0 ? "cpus" : part[..Math.Max(separator, 0)];
            if (!Keys.Contains(key, StringComparer.Ordinal))
            {
                throw Invalid(text, $"'{part}' is no part of a CPU topology");
            }

            if (properties.Any(property => property.Key == key))
            {
                throw Invalid(text, $"'{key}' is given twice");
            }

            properties.Add(new(key, Number(text, part[(separator + 1)..])));
        }

        var bare = properties.Count == 1 && text!.IndexOf('=') < 0;
        return new CpuTopology(text!, CheckedCount(text, properties), bare ? [] : properties.ToImmutable());
    }

    /// <summary>Equal if the texts are.</summary>
    public bool Equals(CpuTopology? other) => other is not null && other.Text == Text;

    /// <inheritdoc/>
    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    /// <summary>The text as it was given.</summary>
    public override string ToString() => Text;

    // QEMU's rule: what is not given is derived, and sockets * ... * threads must come out as maxcpus.
    private static int CheckedCount(string? text, IReadOnlyCollection<KeyValuePair<string, int>> properties)
    {
        int? Given(string key) => properties.Where(p => p.Key == key).Select(p => (int?)p.Value).FirstOrDefault();

        var product = properties
            .Where(property => property.Key is not ("cpus" or "maxcpus"))
            .Aggregate(1L, (sum, property) => Math.Min(sum * property.Value, int.MaxValue));
        var maximum = Given("maxcpus") ?? Given("cpus") ?? product;
        var count = Given("cpus") ?? maximum;
        if (count > maximum)
        {
            throw Invalid(text, $"{count} CPUs are more than maxcpus={maximum}");
        }

        var complete = Given("sockets") is not null && Given("cores") is not null && Given("threads") is not null;
        if (complete ? product != maximum : maximum % product != 0)
        {
            throw Invalid(text, $"its parts multiply to {product}, which does not make {maximum} CPUs");
        }

        return (int)count;
    }

    private static int Number(string? text, string digits) =>
        digits.Length > 0
        && digits[0] != '0'
        && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw Invalid(text, $"'{digits}' is no positive number");

    private static InvalidValueException Invalid(string? text, string reason) =>
        ValueError.Create(Option, text, reason, "Use a number from 1, or QEMU's form such as 4,sockets=2,cores=2.");
}
