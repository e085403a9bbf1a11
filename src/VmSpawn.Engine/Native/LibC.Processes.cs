using System.Runtime.InteropServices;

namespace VmSpawn.Engine.Native;

/// <summary>Processes and signals.</summary>
internal static unsafe partial class LibC
{
    // The numbers of system calls newer than 5.0 are the same on every architecture (Linux, uapi/asm-generic/unistd.h).
    // They are called by number because the C library got wrappers for them only later (glibc 2.34 to 2.36).
    private const nint SysPidfdSendSignal = 424;
    private const nint SysPidfdOpen = 434;
    private const nint SysCloseRange = 436;

    internal static int pidfd_open(int pid) => (int)syscall(SysPidfdOpen, pid, 0, 0, 0);

    internal static int pidfd_send_signal(int descriptor, int signal) =>
        (int)syscall(SysPidfdSendSignal, descriptor, signal, 0, 0);

    internal static int close_range(uint first, uint last, uint flags) =>
        (int)syscall(SysCloseRange, (nint)first, (nint)last, (nint)flags, 0);

    [LibraryImport(Library, SetLastError = true)]
    private static partial nint syscall(nint number, nint first, nint second, nint third, nint fourth);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int waitid(int kind, int id, byte* info, int options);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int kill(int pid, int signal);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial nint signal(int number, nint handler);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int sigprocmask(int how, SignalSet* set, SignalSet* old);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int signalfd(int descriptor, SignalSet* mask, int flags);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int prctl(int option, nuint first, nuint second, nuint third, nuint fourth);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int getrlimit(int resource, ulong* limits);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int setrlimit(int resource, ulong* limits);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int execv(byte* path, byte** argv);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int setenv(byte* name, byte* value, int overwrite);

    [LibraryImport(Library)]
    internal static partial int posix_spawn(
        int* pid,
        byte* path,
        void* actions,
        void* attributes,
        byte** argv,
        byte** environment
    );

    [LibraryImport(Library)]
    internal static partial int posix_spawn_file_actions_init(void* actions);

    [LibraryImport(Library)]
    internal static partial int posix_spawn_file_actions_destroy(void* actions);

    [LibraryImport(Library)]
    internal static partial int posix_spawn_file_actions_adddup2(void* actions, int source, int target);

    [LibraryImport(Library)]
    internal static partial int posix_spawn_file_actions_addopen(
        void* actions,
        int target,
        byte* path,
        int flags,
        uint mode
    );

    [LibraryImport(Library)]
    internal static partial int posix_spawnattr_init(void* attributes);

    [LibraryImport(Library)]
    internal static partial int posix_spawnattr_destroy(void* attributes);

    [LibraryImport(Library)]
    internal static partial int posix_spawnattr_setflags(void* attributes, short flags);

    [LibraryImport(Library)]
    internal static partial int posix_spawnattr_setsigmask(void* attributes, SignalSet* mask);

    [LibraryImport(Library)]
    internal static partial int posix_spawnattr_setsigdefault(void* attributes, SignalSet* signals);

    [LibraryImport(Library)]
    internal static partial int posix_spawnattr_setpgroup(void* attributes, int group);
}
