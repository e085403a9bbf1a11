using System.Runtime.InteropServices;
using VmSpawn.Engine.Errors;

namespace VmSpawn.Engine.Native;

/// <summary>What this process does to itself before it becomes another program.</summary>
internal static unsafe class ProcessImage
{
    private const int ParentDeathSignal = 1; // PR_SET_PDEATHSIG, prctl(2)
    private const int ChildSubreaper = 36; // PR_SET_CHILD_SUBREAPER
    private const int SetMask = 2; // SIG_SETMASK
    private const int LastSignal = 64;
    private const int OpenFiles = 7; // RLIMIT_NOFILE
    private const uint RangeCloseOnExec = 4; // CLOSE_RANGE_CLOEXEC

    /// <summary>Process id of the parent.</summary>
    public static int ParentId => LibC.getppid();

    /// <summary>Asks for a signal when the thread that started this process ends; outlives execve.</summary>
    public static void SignalOnParentDeath(Signal signal) => _ = LibC.prctl(ParentDeathSignal, (nuint)signal, 0, 0, 0);

    /// <summary>
    /// Makes this process the parent of descendants whose own parent ends, so that it sees them end and can end them.
    /// </summary>
    public static void AdoptOrphans() => _ = LibC.prctl(ChildSubreaper, 1, 0, 0, 0);

    /// <summary>Gives every signal its default effect and blocks none.</summary>
    public static void ResetSignals()
    {
        for (var number = 1; number <= LastSignal; number++)
        {
            // SIGKILL, SIGSTOP and the two of the C library refuse, rightly.
            _ = LibC.signal(number, 0);
        }

        var none = default(SignalSet);
        _ = LibC.sigprocmask(SetMask, &none, null);
    }

    /// <summary>Ignores a signal.</summary>
    public static void Ignore(Signal signal) => _ = LibC.signal((int)signal, 1);

    /// <summary>Keeps all descriptors from this number on out of every program started from here.</summary>
    public static void CloseOnExecFrom(int first)
    {
        if (LibC.close_range((uint)first, uint.MaxValue, RangeCloseOnExec) == 0)
        {
            return;
        }

        // Before Linux 5.11.
        foreach (var entry in Directory.EnumerateFileSystemEntries("/proc/self/fd"))
        {
            if (int.TryParse(Path.GetFileName(entry), out var number) && number >= first)
            {
                var descriptor = new FileDescriptor(number);
                _ = LibC.fcntl(descriptor, 2, 1);
                descriptor.SetHandleAsInvalid();
            }
        }
    }

    /// <summary>
    /// Lowers the limit of open files, which the .NET runtime raises as far as it may: programs that close every
    /// possible descriptor one by one would take minutes where the hard limit is a thousand millions.
    /// </summary>
    public static void LimitOpenFiles(ulong limit)
    {
        var limits = stackalloc ulong[2];
        if (LibC.getrlimit(OpenFiles, limits) == 0 && limits[0] > limit)
        {
            limits[0] = limit;
            _ = LibC.setrlimit(OpenFiles, limits);
        }
    }

    /// <summary>Leaves the directory it was started in, so that this can be unmounted.</summary>
    public static void EnterRootDirectory()
    {
        fixed (byte* root = "/"u8)
        {
            _ = LibC.chdir(root);
        }
    }

    /// <summary>
    /// Says to the program that this process becomes that it inherits listening sockets, from descriptor 3 on
    /// (sd_listen_fds(3)).
    /// </summary>
    public static void AnnounceListeners(int count)
    {
        SetVariable("LISTEN_FDS"u8, count);
        SetVariable("LISTEN_PID"u8, Environment.ProcessId);
    }

    /// <summary>Becomes another program; returns only if that fails.</summary>
    public static SystemCallException Execute(string program, IReadOnlyCollection<string> argv)
    {
        using var words = new StringVector(argv);
        fixed (byte* path = NativePath.Encode(program))
        {
            _ = LibC.execv(path, words.Pointer);
            return new SystemCallException($"run '{program}'", Marshal.GetLastPInvokeError(), program);
        }
    }

    // In the environment of the C library, which execv(3) passes on: .NET has one of its own.
    private static void SetVariable(ReadOnlySpan<byte> name, int value)
    {
        fixed (byte* variable = name)
        fixed (byte* text = NativePath.Encode($"{value}"))
        {
            _ = LibC.setenv(variable, text, overwrite: 1);
        }
    }
}
