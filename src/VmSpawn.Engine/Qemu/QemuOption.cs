using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Serialization;
using VmSpawn.Engine.Errors;

namespace VmSpawn.Engine.Qemu;

/// <summary>
/// One QEMU option and its value, built from parts so that no value can break out of its place: <c>,</c> is doubled
/// as QEMU's option parser demands, NUL and line breaks are refused.
/// </summary>
[JsonConverter(typeof(QemuOptionJsonConverter))]
public sealed record QemuOption
{
    private QemuOption(string name, string? value)
    {
        Name = name;
        Value = value;
    }

    /// <summary>The option with its dash, such as <c>-device</c>.</summary>
    public string Name { get; }

    /// <summary>The finished value as it stands in the argument vector, or <see langword="null"/> for a flag.</summary>
    public string? Value { get; }

    /// <summary>The words this option adds to the argument vector: one for a flag, else two.</summary>
    public ImmutableArray<string> Words => Value is null ? [Name] : [Name, Value];

    /// <summary>A flag without a value, such as <c>-nodefaults</c>.</summary>
    public static QemuOption Flag(string name) => new(name, null);

    /// <summary>An option whose whole value is one literal that QEMU does not split at commas, such as <c>-append</c>.</summary>
    public static QemuOption Literal(string name, string value) => new(name, Checked(name, value));

    /// <summary>
    /// An option list that starts with an implied key's value (the driver of <c>-device</c>, the backend of
    /// <c>-chardev</c>); <see langword="null"/> starts with the first property.
    /// </summary>
    public static QemuOption List(string name, string? head = null) =>
        new(name, head is null ? "" : Escape(Checked(name, head)));

    /// <summary>Adds <c>key=value</c> with the value escaped.</summary>
    public QemuOption With(string key, string value)
    {
        var builder = new StringBuilder(Value);
        if (builder.Length > 0)
        {
            builder.Append(',');
        }

        builder.Append(key).Append('=').Append(Escape(Checked(Name, value)));
        return new QemuOption(Name, builder.ToString());
    }

    /// <summary>Adds <c>key=on</c> or <c>key=off</c>.</summary>
    public QemuOption With(string key, bool value) => With(key, value ? "on" : "off");

    /// <summary>Adds <c>key=number</c>.</summary>
    public QemuOption With(string key, long value) => With(key, value.ToString());

    /// <summary>Adds <c>key=value</c> unless the value is <see langword="null"/>.</summary>
    public QemuOption WithOptional(string key, string? value) => value is null ? this : With(key, value);

    /// <summary>Doubles every comma; QEMU's option lists know no other escape.</summary>
    public static string Escape(string value) => value.Replace(",", ",,", StringComparison.Ordinal);

    /// <summary>The option as one line of a golden plan or of <c>-WhatIf</c>.</summary>
    public override string ToString() => Value is null ? Name : $"{Name} {Value}";

    /// <summary>An option that was already finished, read back from a serialized plan.</summary>
    internal static QemuOption FromWords(string name, string? value) => new(name, value);

    private static string Checked(string option, string value)
    {
        foreach (var c in value)
        {
            if (c == '\0' || c is '\n' or '\r')
            {
                throw new InvalidValueException(
                    "InvalidQemuValue",
                    $"value for QEMU's {option}",
                    value,
                    "it contains a NUL or a line break",
                    "Remove the character."
                );
            }
        }

        return value;
    }
}
