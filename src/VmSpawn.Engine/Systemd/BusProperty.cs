using System.Collections.Immutable;
using System.Globalization;

namespace VmSpawn.Engine.Systemd;

/// <summary>A property of a unit as D-Bus takes it, in the words of busctl(1).</summary>
/// <param name="Name">Name on the bus, such as <c>MemoryMax</c>.</param>
/// <param name="Signature">Its D-Bus type, such as <c>t</c>.</param>
/// <param name="Arguments">Its value, word by word; an array begins with its length.</param>
public sealed record BusProperty(string Name, string Signature, ImmutableArray<string> Arguments)
{
    /// <summary>A text.</summary>
    public static BusProperty Text(string name, string value) => new(name, "s", [value]);

    /// <summary>A truth value.</summary>
    public static BusProperty Boolean(string name, bool value) => new(name, "b", [value ? "true" : "false"]);

    /// <summary>A signed 32-bit number.</summary>
    public static BusProperty SignedNumber(string name, int value) => new(name, "i", [Words(value)]);

    /// <summary>An unsigned 32-bit number.</summary>
    public static BusProperty SmallNumber(string name, uint value) => new(name, "u", [Words(value)]);

    /// <summary>An unsigned 64-bit number.</summary>
    public static BusProperty Number(string name, ulong value) => new(name, "t", [Words(value)]);

    /// <summary>Texts.</summary>
    public static BusProperty Texts(string name, IReadOnlyCollection<string> values) =>
        new(name, "as", [Words(values.Count), .. values]);

    /// <summary>Bytes.</summary>
    public static BusProperty Bytes(string name, IReadOnlyCollection<byte> values) =>
        new(name, "ay", [Words(values.Count), .. values.Select(value => Words(value))]);

    /// <summary>A path of a device and a number.</summary>
    public static BusProperty OfDevice(string name, string path, ulong value) =>
        new(name, "a(st)", ["1", path, Words(value)]);

    /// <summary>A path of a device and a text.</summary>
    public static BusProperty OfDevice(string name, string path, string value) =>
        new(name, "a(ss)", ["1", path, value]);

    /// <summary>Process ids.</summary>
    public static BusProperty Processes(string name, IReadOnlyCollection<int> values) =>
        new(name, "au", [Words(values.Count), .. values.Select(value => Words(value))]);

    /// <summary>The property and its value.</summary>
    public override string ToString() => $"{Name}={string.Join(' ', Arguments)}";

    private static string Words<T>(T value)
        where T : IFormattable => value.ToString(null, CultureInfo.InvariantCulture);
}
