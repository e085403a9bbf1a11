namespace VmSpawn.Engine.Configuration;

/// <summary>The identity of a VM's hardware, from which its guest fills an empty <c>/etc/machine-id</c>.</summary>
public readonly record struct MachineUuid
{
    private const string Option = "uuid";

    private MachineUuid(Guid value) => Value = value;

    /// <summary>The identifier; never all zero.</summary>
    public Guid Value { get; }

    /// <summary>Takes an identifier.</summary>
    /// <exception cref="Errors.InvalidValueException">It is all zero.</exception>
    public static MachineUuid FromGuid(Guid value) => NotZero(value, value.ToString("D"));

    /// <summary>Reads 32 hexadecimal digits, bare or grouped 8-4-4-4-12 by dashes.</summary>
    /// <exception cref="Errors.InvalidValueException">It is no such text, or all zero.</exception>
    public static MachineUuid Parse(string? text) =>
        TryParseId(text, out var value)
            ? NotZero(value, text!)
            : throw ValueError.Create(
                Option,
                text,
                "it is no 128-bit identifier",
                "Use 32 hexadecimal digits, bare or grouped 8-4-4-4-12 by dashes."
            );

    /// <summary>Reads a 128-bit identifier, zero or not (the spec, section 1.1).</summary>
    internal static bool TryParseId(string? text, out Guid value)
    {
        value = Guid.Empty;
        return text?.Length switch
        {
            32 => Guid.TryParseExact(text, "N", out value) && text.All(char.IsAsciiHexDigit),
            36 => Guid.TryParseExact(text, "D", out value),
            _ => false,
        };
    }

    /// <summary>Lower case with dashes.</summary>
    public override string ToString() => Value.ToString("D");

    private static MachineUuid NotZero(Guid value, string text) =>
        value == Guid.Empty
            ? throw ValueError.Create(Option, text, "it may not be all zeroes", "Use [guid]::NewGuid().")
            : new MachineUuid(value);
}
