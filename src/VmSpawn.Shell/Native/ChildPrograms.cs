using System.Globalization;
using System.Runtime.InteropServices;

namespace VmSpawn.Shell.Native;

/// <summary>
/// The programs that a command runs. The engine leaves those that have the terminal alone when it stops a command, because
/// a terminal sends Ctrl+C to them as well; a signal sent to the shell alone has to be passed on.
/// </summary>
internal static partial class ChildPrograms
{
    /// <summary>True if this process is in the foreground of a terminal, whose Ctrl+C reaches the programs, too.</summary>
    public static bool ShareTerminal => ProcessFacts.Of("self") is { } self && self.TerminalGroup == self.Group;

    /// <summary>
    /// Sends a signal to the direct children in this process's group. Those in a group of their own were put out of a
    /// terminal's reach on purpose.
    /// </summary>
    /// <param name="signal">The number, as in signal(7).</param>
    public static void Send(int signal)
    {
        if (ProcessFacts.Of("self") is not { } self)
        {
            return;
        }

        foreach (var directory in Directory.EnumerateDirectories("/proc"))
        {
            var name = Path.GetFileName(directory);
            if (
                int.TryParse(name, CultureInfo.InvariantCulture, out var id)
                && ProcessFacts.Of(name) is { } other
                && other.Parent == Environment.ProcessId
                && other.Group == self.Group
            )
            {
                // It may have ended meanwhile; until we wait for it nobody else has its number.
                _ = Kill(id, signal);
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int id, int signal);

    /// <summary>Fields 4, 5 and 8 of <c>/proc/PID/stat</c> (proc_pid_stat(5)).</summary>
    private sealed record ProcessFacts(int Parent, int Group, int TerminalGroup)
    {
        public static ProcessFacts? Of(string process)
        {
            string text;
            try
            {
                text = File.ReadAllText($"/proc/{process}/stat");
            }
            catch (IOException)
            {
                return null;
            }
            catch (UnauthorizedAccessException)
            {
                return null;
            }

            // The second field is the program's name in parentheses and may have any character.
            var fields = text[(text.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            return new ProcessFacts(Number(fields[1]), Number(fields[2]), Number(fields[5]));
        }

        private static int Number(string field) => int.Parse(field, CultureInfo.InvariantCulture);
    }
}
