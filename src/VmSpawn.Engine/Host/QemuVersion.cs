using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;
using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Native;

namespace VmSpawn.Engine.Host;

/// <summary>Versions of QEMU binaries, asked once per file.</summary>
internal static partial class QemuVersion
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);
    private static readonly ConcurrentDictionary<string, Version> Known = new(StringComparer.Ordinal);

    /// <summary>The version that <c>--version</c> prints.</summary>
    /// <exception cref="HostRequirementException"><c>QemuNotUsable</c>: it does not run, does not answer in time, or is no QEMU.</exception>
    public static Version Of(string binary)
    {
        var key = FileKey(binary);
        if (Known.TryGetValue(key, out var known))
        {
            return known;
        }

        var version = Parse(binary, Ask(binary));
        Known[key] = version;
        return version;
    }

    /// <summary>Path, size, inode and modification time: changes when the package is upgraded.</summary>
    internal static string FileKey(string binary) =>
        FileStatus.TryGet(binary) is { } status
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"{binary}:{status.Length}:{status.Device}:{status.Inode}:{status.Modified}"
            )
            : binary;

    /// <summary>Reads the version out of the program's first words.</summary>
    internal static Version Parse(string binary, string output)
    {
        var match = VersionLine().Match(output);
        return match.Success && Version.TryParse(match.Groups[1].Value, out var version)
            ? version
            : throw Unusable(binary, $"it does not print QEMU's version but '{OneLine.Of(output, 100)}'");
    }

    private static string Ask(string binary)
    {
        BoundedCommand.Result result;
        try
        {
            result = new BoundedCommand(binary, ["--version"], Limit).Run();
        }
        catch (IOException e)
        {
            throw Unusable(binary, e.Message);
        }

        return result switch
        {
            { ExitCode: null } => throw Unusable(binary, $"it did not print its version within {Limit.TotalSeconds} s"),
            { ExitCode: 0 } => result.Output,
            _ => throw Unusable(
                binary,
                $"'--version' ended with exit code {result.ExitCode}: {OneLine.Of(result.Error, 200)}"
            ),
        };
    }

    private static HostRequirementException Unusable(string binary, string reason) =>
        new(
            "QemuNotUsable",
            binary,
            $"QEMU '{binary}' cannot be used: {reason}.",
            "Reinstall QEMU, or put a working one first in PATH."
        );

    [GeneratedRegex(@"version ([0-9]+\.[0-9]+(?:\.[0-9]+)?)", RegexOptions.NonBacktracking)]
    private static partial Regex VersionLine();
}
