using System.Management.Automation;
using VmSpawn.Engine.Configuration;

namespace VmSpawn.Parameters;

/// <summary>Reads the values of <c>-Bind</c> and <c>-BindReadOnly</c>.</summary>
internal static class MountArgument
{
    /// <summary>
    /// The mount that an object of <c>New-VmMount</c>, one with the same properties (such as it is after a remote session or
    /// in a table), a directory, or a text in the manual page's grammar describes.
    /// </summary>
    /// <param name="value">The value.</param>
    /// <param name="readOnly">True for <c>-BindReadOnly</c>, which makes a mount read-only that is not.</param>
    /// <param name="currentDirectory">Where a relative source starts from.</param>
    public static BindMount Parse(object? value, bool readOnly, string currentDirectory)
    {
        var wrapped = value as PSObject;
        return (wrapped is null ? value : wrapped.BaseObject) switch
        {
            Mount mount => new BindMount(mount.Source, mount.Target, mount.ReadOnly || readOnly)
            {
                UidMap = [.. Ranges(mount.UidMap, "UidMap")],
                GidMap = [.. Ranges(mount.GidMap, "GidMap")],
            },
            string text => BindMount.Parse(text, readOnly, currentDirectory),
            DirectoryInfo folder => BindMount.Create(HostPath.Parse(folder.FullName, "bind"), null, readOnly),
            _ when wrapped?.Properties["Source"] is not null => FromProperties(wrapped, readOnly),
            var other => BindMount.Parse(other?.ToString(), readOnly, currentDirectory),
        };
    }

    private static BindMount FromProperties(PSObject properties, bool readOnly) =>
        BindMount.Create(
            HostPath.Parse(Get<string>(properties, "Source"), "bind"),
            Get<string>(properties, "Target"),
            readOnly || Get<bool>(properties, "ReadOnly")
        ) with
        {
            UidMap = [.. Ranges(Get<string[]>(properties, "UidMap"), "UidMap")],
            GidMap = [.. Ranges(Get<string[]>(properties, "GidMap"), "GidMap")],
        };

    private static T? Get<T>(PSObject properties, string name) =>
        properties.Properties[name]?.Value is { } value ? LanguagePrimitives.ConvertTo<T>(value) : default;

    private static IEnumerable<IdRange> Ranges(IEnumerable<string>? texts, string parameter) =>
        (texts ?? []).Select(text => IdRange.Parse(text, parameter));
}
