using System.Collections.Immutable;
using VmSpawn.Engine.Errors;

namespace VmSpawn.Engine.Configuration;

/// <summary>
/// Features that firmware must have, and must not have (QEMU's <c>docs/interop/firmware.json</c>, FirmwareFeature). A
/// feature that is in both lists is demanded.
/// </summary>
/// <param name="Include">Features it must have.</param>
/// <param name="Exclude">Features it must not have.</param>
public sealed record FirmwareFeatureFilter(ImmutableArray<string> Include, ImmutableArray<string> Exclude)
{
    private const string Option = "firmware-features";
    private const string EnrolledKeys = "enrolled-keys";

    /// <summary>
    /// The default: no enrolled keys, since such firmware refuses every image that its vendor's keys did not sign.
    /// </summary>
    public static FirmwareFeatureFilter Default { get; } = new([], [EnrolledKeys]);

    /// <summary>No condition at all.</summary>
    public static FirmwareFeatureFilter Any { get; } = new([], []);

    /// <summary>
    /// Adds <c>FEATURE,~FEATURE,…</c> to this filter; an empty text takes everything out, the default too.
    /// </summary>
    /// <exception cref="InvalidValueException">A word is no name of a feature.</exception>
    public FirmwareFeatureFilter With(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return Any;
        }

        var filter = this;
        foreach (var word in text.Split(','))
        {
            var exclude = word.StartsWith('~');
            var name = exclude ? word[1..] : word;
            if (name.Length == 0 || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.'))
            {
                throw ValueError.Create(
                    Option,
                    text,
                    $"'{word}' is no name of a feature",
                    "Use names such as secure-boot, with ~ in front to exclude one."
                );
            }

            filter = exclude
                ? filter with
                {
                    Exclude = Added(filter.Exclude, name),
                }
                : filter with
                {
                    Include = Added(filter.Include, name),
                };
        }

        return filter;
    }

    /// <summary>This filter with Secure Boot demanded or declined.</summary>
    public FirmwareFeatureFilter With(Tristate secureBoot) =>
        secureBoot switch
        {
            Tristate.Yes => this with { Include = Added(Include, "secure-boot") },
            Tristate.No => this with { Exclude = Added(Exclude, "secure-boot") },
            _ => this,
        };

    private static ImmutableArray<string> Added(ImmutableArray<string> list, string name) =>
        list.Contains(name) ? list : list.Add(name);
}
