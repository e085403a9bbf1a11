using System.Text;
using VmSpawn.Engine.Native;

namespace VmSpawn.Engine.Machines;

/// <summary>A process that cannot be mistaken for a later one with the same number.</summary>
/// <param name="Id">Process id.</param>
/// <param name="StartTime">Start time in clock ticks since boot: field 22 of <c>/proc/PID/stat</c> (proc(5)).</param>
public sealed record ProcessIdentity(int Id, long StartTime)
{
    /// <summary>True if it exists and is more than a zombie.</summary>
    public bool IsAlive => TryReadStat(Id) is { State: not ('Z' or 'X') } stat && stat.StartTime == StartTime;

    /// <summary>The process that has this id now, or <see langword="null"/>.</summary>
    public static ProcessIdentity? Of(int id) =>
        TryReadStat(id) is { } stat ? new ProcessIdentity(id, stat.StartTime) : null;

    /// <summary>Holds the process, if it is still this one.</summary>
    internal FileDescriptor? Open()
    {
        var process = ProcessDescriptor.Open(Id);
        // Checked after opening: the descriptor now keeps to whatever process the check finds.
        if (process is not null && !IsAlive)
        {
            process.Dispose();
            return null;
        }

        return process;
    }

    private static (char State, long StartTime)? TryReadStat(int id)
    {
        try
        {
            if (NativeFile.TryRead($"/proc/{id}/stat") is not { } bytes)
            {
                return null;
            }

            // The command, field 2, is in parentheses and may contain anything; fields 3 and 22 follow the last one.
            var text = Encoding.ASCII.GetString(bytes);
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            return (fields[0][0], long.Parse(fields[19]));
        }
        catch (Errors.SystemCallException)
        {
            // It ended between opening and reading.
            return null;
        }
    }
}
