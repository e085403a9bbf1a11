using System.Runtime.InteropServices;

namespace VmSpawn.Engine.Native;

/// <summary>The C library, as it is. Every other class calls the wrappers beside this one.</summary>
internal static unsafe partial class LibC
{
    // The runtime maps this name to the C library of the system; the supervisor links it directly by this name.
    private const string Library = "libc";

    [LibraryImport(Library)]
    internal static partial uint geteuid();

    [LibraryImport(Library)]
    internal static partial int getpid();

    [LibraryImport(Library)]
    internal static partial int getppid();

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int chdir(byte* path);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int open(byte* path, int flags, uint mode);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int close(int descriptor);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial nint read(FileDescriptor descriptor, byte* buffer, nuint count);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial nint pread(FileDescriptor descriptor, byte* buffer, nuint count, long offset);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial nint write(FileDescriptor descriptor, byte* buffer, nuint count);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int ftruncate(FileDescriptor descriptor, long length);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int fcntl(FileDescriptor descriptor, int command, nint argument);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int flock(FileDescriptor descriptor, int operation);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int ioctl(FileDescriptor descriptor, nuint request, nint argument);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int statx(int directory, byte* path, int flags, uint mask, byte* result);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int mkdir(byte* path, uint mode);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int rmdir(byte* path);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int unlink(byte* path);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int rename(byte* from, byte* to);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int link(byte* from, byte* to);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int memfd_create(byte* name, uint flags);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int poll(PollEntry* entries, nuint count, int timeout);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int pipe2(int* descriptors, int flags);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial nint sendfile(FileDescriptor output, FileDescriptor input, long* offset, nuint count);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int socket(int domain, int type, int protocol);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int socketpair(int domain, int type, int protocol, int* descriptors);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int bind(FileDescriptor socket, byte* address, uint length);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int connect(FileDescriptor socket, byte* address, uint length);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int listen(FileDescriptor socket, int backlog);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int accept4(FileDescriptor socket, byte* address, uint* length, int flags);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial nint send(FileDescriptor socket, byte* buffer, nuint length, int flags);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial nint sendto(
        FileDescriptor socket,
        byte* buffer,
        nuint length,
        int flags,
        byte* address,
        uint addressLength
    );

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int getsockopt(FileDescriptor socket, int level, int option, byte* value, uint* length);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial nint recv(FileDescriptor socket, byte* buffer, nuint length, int flags);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int shutdown(FileDescriptor socket, int how);
}
