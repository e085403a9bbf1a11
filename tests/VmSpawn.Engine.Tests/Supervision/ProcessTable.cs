using System.Text;
using VmSpawn.Engine.Machines;

namespace VmSpawn.Engine.Tests.Supervision;

/// <summary>The processes of this machine, as <c>/proc</c> shows them.</summary>
internal static class ProcessTable
{
    /// <summary>Other processes whose command line names a directory, or that have something in it open.</summary>
    public static List<string> Concerning(params string[] directories)
    {
        var found = new List<string>();
        foreach (var directory in Directory.EnumerateDirectories("/proc"))
        {
            if (
                int.TryParse(Path.GetFileName(directory), out var id)
                && id != Environment.ProcessId
                && ProcessIdentity.Of(id) is { IsAlive: true }
            )
            {
                var commandLine = CommandLine(directory);
                if (directories.Any(wanted => commandLine.Contains(wanted) || HasOpen(directory, wanted)))
                {
                    found.Add($"process {id}: {commandLine}");
                }
            }
        }

        return found;
    }

    private static string CommandLine(string process)
    {
        try
        {
            return Encoding.UTF8.GetString(File.ReadAllBytes($"{process}/cmdline")).Replace('\0', ' ');
        }
        catch (IOException)
        {
            return "";
        }
    }

    private static bool HasOpen(string process, string directory)
    {
        try
        {
            return Directory
                .EnumerateFileSystemEntries($"{process}/fd")
                .Any(path =>
                    new FileInfo(path).LinkTarget?.StartsWith($"{directory}/", StringComparison.Ordinal) == true
                );
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
