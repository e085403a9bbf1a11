using System.Management.Automation;

namespace VmSpawn.Parameters;

/// <summary>Reads the value of <c>-SshKey</c>.</summary>
internal static class SshKeyArgument
{
    /// <summary>
    /// The path of the private key that an object of <c>New-VmSshKey</c>, one with the same properties, a file or a text
    /// names; <see langword="null"/> if nothing is given.
    /// </summary>
    public static string? Path(object? value)
    {
        var wrapped = value as PSObject;
        var text = (wrapped is null ? value : wrapped.BaseObject) switch
        {
            null => null,
            SshKey key => key.Path,
            FileInfo file => file.FullName,
            string path => path,
            var other => wrapped?.Properties["Path"]?.Value?.ToString() ?? other.ToString(),
        };
        return string.IsNullOrEmpty(text) ? null : text;
    }
}
