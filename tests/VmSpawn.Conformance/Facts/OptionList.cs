using VmSpawn.Engine.Qemu;

namespace VmSpawn.Conformance.Facts;

/// <summary>A QEMU option list read back: what stands first without a key, and the properties.</summary>
internal sealed class OptionList
{
    private readonly Dictionary<string, string> _properties = [];

    public OptionList(QemuOption option)
    {
        foreach (var part in Split(option.Value ?? ""))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals < 0)
            {
                Head ??= part;
            }
            else
            {
                _properties[part[..equals]] = part[(equals + 1)..];
            }
        }
    }

    /// <summary>The driver of <c>-device</c> and its like.</summary>
    public string? Head { get; }

    public string? this[string key] => _properties.GetValueOrDefault(key);

    // A single comma separates, a doubled one stands for itself.
    private static IEnumerable<string> Split(string text)
    {
        const char Comma = '\u0001';
        return text.Replace(",,", Comma.ToString(), StringComparison.Ordinal)
            .Split(',')
            .Select(part => part.Replace(Comma, ','));
    }
}
