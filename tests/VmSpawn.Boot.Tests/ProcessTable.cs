using System.Text;

namespace VmSpawn.Boot.Tests;

/// <summary>The processes of this machine, read from <c>/proc</c>.</summary>
internal static class ProcessTable
{
    /// <summary>
    /// Every process that was started with that variable in its environment: descendants inherit it, however far they
    /// have moved away from their parents.
    /// </summary>
    public static List<(int Id, string CommandLine)> WithVariable(string name, string value)
    {
        var wanted = $"{name}={value}";
        var found = new List<(int, string)>();
        foreach (var directory in Directory.EnumerateDirectories("/proc"))
        {
            if (
                int.TryParse(Path.GetFileName(directory), out var id)
                && id != Environment.ProcessId
                && Words(directory, "environ").Contains(wanted, StringComparer.Ordinal)
                && IsAlive(id)
            )
            {
                found.Add((id, string.Join(' ', Words(directory, "cmdline"))));
            }
        }

        return found;
    }

    /// <summary>True unless it is gone, or dead and only waits for its parent to take note.</summary>
    public static bool IsAlive(int id)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{id}/stat");
            return stat[stat.LastIndexOf(')') + 2] is not ('Z' or 'X');
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>Resident memory in KiB.</summary>
    public static int ResidentKibibytes(int id) =>
        File.ReadLines($"/proc/{id}/status")
            .Where(line => line.StartsWith("VmRSS:", StringComparison.Ordinal))
            .Select(line => int.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]))
            .Single();

    private static string[] Words(string directory, string file)
    {
        try
        {
            return Encoding.UTF8.GetString(File.ReadAllBytes(Path.Join(directory, file))).TrimEnd('\0').Split('\0');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
