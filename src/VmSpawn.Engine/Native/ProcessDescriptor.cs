using System.Runtime.InteropServices;
using VmSpawn.Engine.Errors;

namespace VmSpawn.Engine.Native;

/// <summary>A process held by a descriptor, so that a reused process id cannot be meant by mistake (pidfd_open(2)).</summary>
internal static unsafe class ProcessDescriptor
{
    private const int ByDescriptor = 3; // P_PIDFD, waitid(2)
    private const int Exited = 4; // WEXITED
    private const int DoNotHang = 1; // WNOHANG
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

    /// <summary>Sends a signal to all processes of a group that is known to exist.</summary>
    public static void SendToGroup(int group, Signal signal) => _ = LibC.kill(-group, (int)signal);

    /// <summary>How a child ended, or <see langword="null"/> if it has not. Reaps it.</summary>
    public static ProcessExit? TryReap(FileDescriptor process)
    {
        // siginfo_t: 128 bytes; si_code at 8, si_pid at 16, si_status at 24 on 64-bit machines.
        var info = stackalloc int[32];
        new Span<int>(info, 32).Clear();
        int result;
        do
        {
            result = LibC.waitid(ByDescriptor, process.Number, (byte*)info, Exited | DoNotHang);
        } while (result < 0 && Marshal.GetLastPInvokeError() == Errno.Interrupted);

        if (result < 0)
        {
            throw SystemCallException.Last("wait for a child process");
        }

        if (info[4] == 0)
        {
            return null;
        }

        return info[2] == CodeExited ? new ProcessExit(info[6], null) : new ProcessExit(null, info[6]);
    }
}
