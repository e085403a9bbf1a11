using System.Globalization;
using VmSpawn.Engine.Errors;

namespace VmSpawn.Engine.Configuration;

/// <summary>A guest's VSOCK context identifier: 3 to 4294967294 (vsock(7); the others have fixed meanings).</summary>
public readonly record struct VsockCid
{
    /// <summary>Smallest identifier a guest can have.</summary>
    public const uint Minimum = 3;

    /// <summary>Largest identifier a guest can have.</summary>
    public const uint Maximum = uint.MaxValue - 1;

    private const string Option = "vsock-cid";
    private const string Hint = "Use a number from 3 to 4294967294, decimal, 0x, 0o or 0b.";

    private VsockCid(uint value) => Value = value;

    /// <summary>The number.</summary>
    public uint Value { get; }

    /// <summary>Takes a number.</summary>
    /// <exception cref="InvalidValueException">It is no guest's.</exception>
    public static VsockCid FromNumber(uint value) => Regular(value, value.ToString(CultureInfo.InvariantCulture));

    /// <summary>
    /// Reads an unsigned 32-bit number, decimal or with <c>0x</c>, <c>0b</c>, <c>0o</c> or a leading 0 for octal, or
    /// one of the names <c>hypervisor local host any</c> (which no guest can have).
    /// </summary>
    /// <exception cref="InvalidValueException">It is no number, or no guest's.</exception>
    public static VsockCid Parse(string? text) =>
        text switch
        {
            "hypervisor" or "local" or "host" or "any" => throw NotRegular(text),
            _ when UnsignedText.TryParse(text, out var value) => Regular(value, text!),
            _ => throw ValueError.Create(Option, text, "it is no context identifier", Hint),
        };

    /// <summary>The number in decimal.</summary>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);

    private static VsockCid Regular(uint value, string text) =>
        value is >= Minimum and <= Maximum ? new VsockCid(value) : throw NotRegular(text);

    private static InvalidValueException NotRegular(string text) =>
        ValueError.Create(Option, text, "it is not the identifier of a guest", Hint);
}
