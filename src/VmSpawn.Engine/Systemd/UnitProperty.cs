using System.Collections.Immutable;
using VmSpawn.Engine.Configuration;

namespace VmSpawn.Engine.Systemd;

/// <summary>A setting of the VM's unit as the user wrote it, <c>NAME=VALUE</c>, and what becomes of it on the bus.</summary>
public sealed record UnitProperty
{
    /// <summary>The option in the manual page's words.</summary>
    internal const string Option = "property";

    private UnitProperty(string text, BusProperty bus) => (Text, Bus) = (text, bus);

    /// <summary>What the user wrote.</summary>
    public string Text { get; }

    /// <summary>The property on the bus.</summary>
    public BusProperty Bus { get; }

    /// <summary>Names of the settings that are known (systemd.resource-control(5), systemd.kill(5), systemd.scope(5), systemd.unit(5)).</summary>
    public static ImmutableArray<string> Names => UnitPropertyTable.Names;

    /// <summary>Reads a setting.</summary>
    /// <exception cref="Errors.InvalidValueException"><c>InvalidProperty</c>: it has no name, an unknown one, or a value that it cannot have.</exception>
    public static UnitProperty Parse(string? text)
    {
        var equals = text?.IndexOf('=') ?? -1;
        if (equals <= 0)
        {
            throw ValueError.Create(Option, text, "it is not NAME=VALUE", "Use NAME=VALUE, such as MemoryMax=4G.");
        }

        var name = text![..equals];
        if (UnitPropertyTable.Find(name) is not { } kind)
        {
            throw ValueError.Create(
                Option,
                text,
                $"'{name}' is no setting of a scope that is known here",
                name is "Slice" ? "Use -Slice." : $"Known are: {string.Join(", ", Names)}."
            );
        }

        return kind.Read(name, text[(equals + 1)..]) is { } bus
            ? new UnitProperty(text, bus)
            : throw ValueError.Create(Option, text, $"'{text[(equals + 1)..]}' is no value of it", kind.Hint);
    }

    /// <summary>What the user wrote.</summary>
    public override string ToString() => Text;
}
