using System.Management.Automation;
using VmSpawn.Engine.Configuration;

namespace VmSpawn.Parameters;

/// <summary>Reads the values of <c>-Bind</c> and <c>-BindReadOnly</c>.</summary>
internal static class MountArgument
{
    /// <summary>The mount that an object of <c>New-VmMount</c> or a text in the manual page's grammar describes.</summary>
    /// <param name="value">The value.</param>
    /// <param name="readOnly">True for <c>-BindReadOnly</c>, which makes a mount read-only that is not.</param>
    /// <param name="currentDirectory">Where a relative source starts from.</param>
    public static BindMount Parse(object? value, bool readOnly, string currentDirectory) =>
        (value is PSObject wrapped ? wrapped.BaseObject : value) switch
        {
            Mount mount => new BindMount(mount.Source, mount.Target, mount.ReadOnly || readOnly)
            {
                UidMap = [.. mount.UidMap.Select(range => IdRange.Parse(range, "UidMap"))],
                GidMap = [.. mount.GidMap.Select(range => IdRange.Parse(range, "GidMap"))],
            },
            DirectoryInfo folder => BindMount.Create(HostPath.Parse(folder.FullName, "bind"), null, readOnly),
            var text => BindMount.Parse(text?.ToString(), readOnly, currentDirectory),
        };
}
