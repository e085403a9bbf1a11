using System.Runtime.InteropServices;
using VmSpawn.Engine.Errors;

namespace VmSpawn.Engine.Native;

/// <summary>A process held by a descriptor, so that a reused process id cannot be meant by mistake (pidfd_open(2)).</summary>
internal static unsafe class ProcessDescriptor
{
    private const int Any = 0; // P_ALL, waitid(2)
    private const int ById = 1; // P_PID
    private const int ByDescriptor = 3; // P_PIDFD
    private const int Exited = 4; // WEXITED
    private const int DoNotHang = 1; // WNOHANG
    private const int DoNotReap = 0x1000000; // WNOWAIT
    private const int CodeExited = 1; // CLD_EXITED

    /// <summary>Holds a process; becomes readable when it ends. <see langword="null"/> if there is no such process.</summary>
    public static FileDescriptor? Open(int processId)
    {
        var number = LibC.pidfd_open(processId);
        if (number >= 0)
        {
            return new FileDescriptor(number);
        }

        return Marshal.GetLastPInvokeError() is Errno.NoProcess or Errno.Invalid
            ? null
            : throw SystemCallException.Last($"watch process {processId}", processId);
    }

    /// <summary>Sends a signal; nothing happens if the process has ended.</summary>
    public static void Send(FileDescriptor process, Signal signal) =>
        _ = LibC.pidfd_send_signal(process.Number, (int)signal);

    /// <summary>Sends a signal to a child, whose number nobody else gets before it is reaped.</summary>
    public static void SendToChild(int processId, Signal signal) => _ = LibC.kill(processId, (int)signal);

    /// <summary>Sends a signal to all processes of a group that is known to exist.</summary>
    public static void SendToGroup(int group, Signal signal) => _ = LibC.kill(-group, (int)signal);

    /// <summary>How a child ended, or <see langword="null"/> if it has not. Reaps it.</summary>
    public static ProcessExit? TryReap(FileDescriptor process) => Wait(ByDescriptor, process.Number, 0)?.Exit;

    /// <summary>Process id of a child that has ended and was not reaped yet, or <see langword="null"/>. Does not reap it.</summary>
    public static int? FindEnded() => Wait(Any, 0, DoNotReap)?.ProcessId;

    /// <summary>Reaps a child that has ended.</summary>
    public static void Reap(int processId) => _ = Wait(ById, processId, 0);

    private static (int ProcessId, ProcessExit Exit)? Wait(int kind, int id, int options)
    {
        // siginfo_t: 128 bytes; si_code at 8, si_pid at 16, si_status at 24 on 64-bit machines.
        var info = stackalloc int[32];
        new Span<int>(info, 32).Clear();
        int result;
        do
        {
            result = LibC.waitid(kind, id, (byte*)info, Exited | DoNotHang | options);
        } while (result < 0 && Marshal.GetLastPInvokeError() == Errno.Interrupted);

        if (result < 0 && (kind == ByDescriptor || Marshal.GetLastPInvokeError() != Errno.NoChild))
        {
            throw SystemCallException.Last("wait for a child process");
        }

        if (info[4] == 0)
        {
            return null;
        }

        var exit = info[2] == CodeExited ? new ProcessExit(info[6], null) : new ProcessExit(null, info[6]);
        return (info[4], exit);
    }
}
