using System.Diagnostics.CodeAnalysis;
using VmSpawn.Engine.Configuration;

namespace VmSpawn.Engine.Systemd;

/// <summary>A slice: the part of the control-group tree that a VM's unit is put into (systemd.slice(5)).</summary>
public sealed record SliceName
{
    private const string Suffix = ".slice";

    private SliceName(string value) => Value = value;

    /// <summary>The slice of the manual page's program.</summary>
    public static SliceName Machine { get; } = new("machine.slice");

    /// <summary>Name with its suffix, such as <c>machine.slice</c>.</summary>
    public string Value { get; }

    /// <summary>
    /// Reads a name with or without the suffix. A hyphen leads to a slice within a slice, so that it can stand neither at an
    /// end nor beside another; <c>-.slice</c> is the root.
    /// </summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out SliceName? value)
    {
        value = null;
        if (string.IsNullOrEmpty(text))
        {
            return false;
        }

        var name = text.EndsWith(Suffix, StringComparison.Ordinal) ? text : text + Suffix;
        var stem = name[..^Suffix.Length];
        if (
            !UnitName.IsValid(name)
            || stem.Contains('@')
            || (stem != "-" && stem.Split('-').Any(part => part.Length == 0))
        )
        {
            return false;
        }

        value = new SliceName(name);
        return true;
    }

    /// <summary>As <see cref="TryParse"/>, with a typed error.</summary>
    /// <exception cref="Errors.InvalidValueException"><c>InvalidSlice</c>.</exception>
    public static SliceName Parse(string? text) =>
        TryParse(text, out var value)
            ? value
            : throw ValueError.Create(
                "slice",
                text,
                "it is no name of a slice",
                "Use letters, digits, '_', '.' and single '-' between them, such as machine.slice or machine-test."
            );

    /// <summary>The name.</summary>
    public override string ToString() => Value;
}
