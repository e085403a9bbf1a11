using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Native;

namespace VmSpawn.Engine.Machines;

/// <summary>Whether a process is doing something.</summary>
internal static class ProcessActivity
{
    /// <summary>
    /// True if each of its threads sleeps until something comes to it (state S of proc_pid_stat(5)), or it is gone. One that
    /// has unread input, or waits for a disk, is busy.
    /// </summary>
    public static bool IsIdle(int processId)
    {
        var tasks = $"/proc/{processId}/task";
        try
        {
            return !Directory.Exists(tasks) || Directory.EnumerateDirectories(tasks).All(IsAsleep);
        }
        catch (IOException)
        {
            // It ended while it was looked at.
            return true;
        }
    }

    private static bool IsAsleep(string task)
    {
        try
        {
            // The state follows the command, which is in parentheses and may contain anything.
            return NativeFile.TryRead($"{task}/stat") is not { } bytes
                || bytes.AsSpan().LastIndexOf((byte)')') is var end
                    && (end < 0 || bytes[end + 2] is (byte)'S' or (byte)'Z');
        }
        catch (SystemCallException)
        {
            return true;
        }
    }
}
