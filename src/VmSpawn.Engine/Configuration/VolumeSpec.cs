namespace VmSpawn.Engine.Configuration;

/// <summary>
/// A volume of a storage provider, <c>PROVIDER:VOLUME[:DISKTYPE][:KEY=VALUE,…]</c> (the spec, section 11.1, option
/// <c>--bind-volume=</c>).
/// </summary>
public sealed record VolumeSpec
{
    private const string Option = "bind-volume";

    private VolumeSpec(string provider, string volume, DiskType type, IReadOnlyDictionary<string, string> settings)
    {
        Provider = provider;
        Volume = volume;
        Type = type;
        Settings = settings;
    }

    /// <summary>Name of the provider.</summary>
    public string Provider { get; }

    /// <summary>Name of the volume with the provider.</summary>
    public string Volume { get; }

    /// <summary>Device that the volume appears as.</summary>
    public DiskType Type { get; }

    /// <summary>
    /// What is asked of the provider: <c>template</c>, <c>create</c> (<c>any</c>, <c>new</c>, <c>open</c>),
    /// <c>read-only</c> (a tristate), <c>size</c> (more than nothing) and <c>request-as</c> (<c>blk</c>, <c>reg</c>, <c>dir</c>).
    /// </summary>
    public IReadOnlyDictionary<string, string> Settings { get; }

    /// <summary>Provider and volume, which no other volume of the same VM may share.</summary>
    public string Id => $"{Provider}:{Volume}";

    /// <summary>Reads the text.</summary>
    /// <exception cref="Errors.InvalidValueException">It is no such text.</exception>
    public static VolumeSpec Parse(string? text)
    {
        var parts = (text ?? "").Split(':', 4);
        if (parts.Length < 2 || parts[0].Length == 0 || parts[1].Length == 0)
        {
            throw Invalid(text, "provider and volume are not both given");
        }

        var rest = parts.AsSpan(2);
        var type = DiskType.VirtioBlk;
        if (rest.Length > 0 && !rest[0].Contains('='))
        {
            if (rest[0].Length > 0 && !DiskTypeText.TryParse(rest[0], out type))
            {
                throw Invalid(text, $"'{rest[0]}' is no disk type");
            }

            rest = rest[1..];
        }

        return new VolumeSpec(parts[0], parts[1], type, ReadSettings(text, string.Join(':', rest.ToArray())));
    }

    /// <summary>The settings of the text again.</summary>
    public override string ToString() =>
        $"{Id}:{DiskTypeText.Format(Type)}"
        + (
            Settings.Count == 0
                ? ""
                : ":" + string.Join(',', Settings.Select(setting => $"{setting.Key}={setting.Value}"))
        );

    private static SortedDictionary<string, string> ReadSettings(string? text, string list)
    {
        var settings = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var setting in list.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = setting.IndexOf('=', StringComparison.Ordinal);
            var key = Canonical(equals < 0 ? setting : setting[..equals]);
            var value = equals < 0 ? "" : setting[(equals + 1)..];
            if (!IsValid(key, value))
            {
                throw Invalid(text, $"'{setting}' is no setting of a volume");
            }

            if (!settings.TryAdd(key, value))
            {
                throw Invalid(text, $"'{key}' is given twice");
            }
        }

        return settings;
    }

    private static string Canonical(string key) =>
        key switch
        {
            "ro" => "read-only",
            "create-size" => "size",
            _ => key,
        };

    private static bool IsValid(string key, string value) =>
        key switch
        {
            "template" => value.Length > 0,
            "create" => value is "any" or "new" or "open",
            "read-only" => value.Length > 0 && TristateText.TryParse(value, out _),
            "size" => ByteSize.TryParse(value, out var size) && size.Bytes > 0,
            "request-as" => value is "blk" or "reg" or "dir",
            _ => false,
        };

    private static Errors.InvalidValueException Invalid(string? text, string reason) =>
        ValueError.Create(Option, text, reason, "Use PROVIDER:VOLUME[:DISKTYPE][:KEY=VALUE,...].");
}
