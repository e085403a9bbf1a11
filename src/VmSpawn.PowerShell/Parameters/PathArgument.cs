using System.Management.Automation;
using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Errors;

namespace VmSpawn.Parameters;

/// <summary>Turns a path as PowerShell users write it into a path of the host.</summary>
internal static class PathArgument
{
    private const string FileSystem = "FileSystem";

    /// <summary>
    /// Resolves a literal path (wildcard characters mean themselves) against <c>$PWD</c>; <c>~</c>, drives and
    /// provider-qualified paths are understood.
    /// </summary>
    /// <param name="cmdlet">The cmdlet, for its location and drives.</param>
    /// <param name="path">The path.</param>
    /// <param name="option">The option in the manual page's words.</param>
    public static HostPath Resolve(PSCmdlet cmdlet, string path, string option) =>
        HostPath.Parse(
            IsPlain(cmdlet, path) ? FromCurrentDirectory(cmdlet, path) : FromProvider(cmdlet, path, option),
            option
        );

    /// <summary>
    /// The paths that exist and fit a pattern with wildcards, which may be none; a path without wildcards itself, whether
    /// it exists or not.
    /// </summary>
    /// <param name="cmdlet">The cmdlet, for its location and drives.</param>
    /// <param name="pattern">The path; a backtick makes a wildcard character mean itself.</param>
    /// <param name="option">The option in the manual page's words.</param>
    public static IEnumerable<string> Expand(PSCmdlet cmdlet, string pattern, string option)
    {
        if (!WildcardPattern.ContainsWildcardCharacters(pattern))
        {
            return [Resolve(cmdlet, WildcardPattern.Unescape(pattern), option).Value];
        }

        try
        {
            var paths = cmdlet.SessionState.Path.GetResolvedProviderPathFromPSPath(pattern, out var provider);
            return provider.Name == FileSystem
                ? paths.Select(path => HostPath.Parse(path, option).Value)
                : throw NotInFileSystem(option, pattern, $"it is a path of PowerShell's {provider.Name} provider");
        }
        catch (Exception e) when (e is RuntimeException or NotSupportedException)
        {
            throw NotInFileSystem(option, pattern, $"PowerShell cannot resolve it: {e.Message.TrimEnd('.')}");
        }
    }

    // A backslash is a letter of a Linux file name, and so is a colon that follows no drive's name; PowerShell's
    // provider functions would change the first into a slash and miss a drive for the second.
    private static bool IsPlain(PSCmdlet cmdlet, string path)
    {
        if (path.Contains("::", StringComparison.Ordinal) || path.StartsWith('~'))
        {
            return false;
        }

        var colon = path.IndexOf(':');
        return colon > 0 && !path.AsSpan(0, colon).Contains('/')
            ? !cmdlet
                .SessionState.Drive.GetAll()
                .Any(drive => path.AsSpan(0, colon).Equals(drive.Name, StringComparison.OrdinalIgnoreCase))
            : path.Contains('\\') || path.Contains(':');
    }

    private static string FromCurrentDirectory(PSCmdlet cmdlet, string path) =>
        path.StartsWith('/') ? path : $"{cmdlet.SessionState.Path.CurrentFileSystemLocation.ProviderPath}/{path}";

    private static InvalidValueException NotInFileSystem(string option, string path, string reason) =>
        new(option, path, reason, "Give a path of the file system.");

    private static string FromProvider(PSCmdlet cmdlet, string path, string option)
    {
        try
        {
            var resolved = cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out var provider, out _);
            return provider.Name == FileSystem
                ? resolved
                : throw NotInFileSystem(option, path, $"it is a path of PowerShell's {provider.Name} provider");
        }
        catch (Exception e) when (e is RuntimeException or NotSupportedException)
        {
            throw NotInFileSystem(option, path, $"PowerShell cannot resolve it: {e.Message.TrimEnd('.')}");
        }
    }
}
