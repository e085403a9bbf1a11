using System.Runtime.InteropServices;
using System.Text;
using VmSpawn.Engine.Errors;

namespace VmSpawn.Engine.Native;

/// <summary>Stream sockets of the UNIX domain.</summary>
internal static unsafe class UnixSocket
{
    /// <summary>Longest path of a socket in bytes: <c>sun_path</c> has 108, one of them for the NUL (unix(7)).</summary>
    public const int PathLimit = 107;

    /// <summary>What <see cref="Send"/> returns when nothing fits yet.</summary>
    public const int NotNow = -1;

    /// <summary>What <see cref="Send"/> returns when the peer is gone.</summary>
    public const int PeerGone = -2;

    private const int UnixDomain = 1; // AF_UNIX
    private const int StreamType = 1; // SOCK_STREAM
    private const int NonBlocking = 0x800; // SOCK_NONBLOCK
    private const int CloseOnExec = 0x80000; // SOCK_CLOEXEC
    private const int ShutdownWrite = 1; // SHUT_WR
    private const int NoSignal = 0x4000; // MSG_NOSIGNAL
    private const int DoNotWait = 0x40; // MSG_DONTWAIT
    private const int SocketLevel = 1; // SOL_SOCKET
    private const int PeerCredentials = 17; // SO_PEERCRED
    private const int EndWriting = 1; // SHUT_WR
    private const int PathOnly = 0x200000; // O_PATH
    private const int DirectoryOnly = 0x10000; // O_DIRECTORY

    /// <summary>Two sockets connected to each other.</summary>
    public static (FileDescriptor Ours, FileDescriptor Theirs) Pair()
    {
        var numbers = stackalloc int[2];
        return LibC.socketpair(UnixDomain, StreamType | CloseOnExec, 0, numbers) == 0
            ? (new FileDescriptor(numbers[0]), new FileDescriptor(numbers[1]))
            : throw SystemCallException.Last("make a socket pair");
    }

    /// <summary>A socket that listens on a new path.</summary>
    public static FileDescriptor Listen(string path) =>
        Open(
            path,
            flags: 0,
            $"listen on '{path}'",
            (socket, address, length) => LibC.bind(socket, (byte*)address, length) == 0 && LibC.listen(socket, 64) == 0
        );

    /// <summary>A socket that is connected to one that listens; never waits for it.</summary>
    /// <exception cref="SystemCallException">Nobody listens there, or too many wait already.</exception>
    public static FileDescriptor Connect(string path) =>
        Open(
            path,
            NonBlocking,
            $"connect to '{path}'",
            (socket, address, length) => LibC.connect(socket, (byte*)address, length) == 0
        );

    /// <summary>Tells the peer that nothing more will be sent.</summary>
    public static void EndSending(FileDescriptor socket) => _ = LibC.shutdown(socket, ShutdownWrite);

    private static FileDescriptor Open(
        string path,
        int flags,
        string action,
        Func<FileDescriptor, nint, uint, bool> begin
    )
    {
        var length = Encoding.UTF8.GetByteCount(path);
        if (length > PathLimit)
        {
            throw new VmSpawnException(
                "SocketPathTooLong",
                VmErrorKind.InvalidArgument,
                $"The socket path '{path}' has {length} bytes; {PathLimit} are possible.",
                path,
                "Use a shorter runtime directory or name."
            );
        }

        var number = LibC.socket(UnixDomain, StreamType | CloseOnExec | flags, 0);
        if (number < 0)
        {
            throw SystemCallException.Last("make a socket");
        }

        var socket = new FileDescriptor(number);
        var address = stackalloc byte[2 + PathLimit + 1];
        new Span<byte>(address, 2 + PathLimit + 1).Clear();
        *(ushort*)address = UnixDomain;
        Encoding.UTF8.GetBytes(path, new Span<byte>(address + 2, PathLimit));
        if (!begin(socket, (nint)address, (uint)(2 + length + 1)))
        {
            var error = SystemCallException.Last(action, path);
            socket.Dispose();
            throw error;
        }

        return socket;
    }

    /// <summary>
    /// A connection to a listening socket whose own side is ended, so that a server which waits for a request's end answers;
    /// <see langword="null"/> leaves the reason in the last native error. Nothing waits: a listener whose queue is full is
    /// the reason <see cref="Errno.TryAgain"/>.
    /// </summary>
    public static FileDescriptor? TryConnect(string path)
    {
        if (Encoding.UTF8.GetByteCount(path) <= PathLimit)
        {
            return ConnectTo(path);
        }

        // A path that no address holds is short when it starts from a descriptor of its directory (proc(5)).
        var slash = path.LastIndexOf('/');
        using var directory = NativeFile.TryOpen(path[..Math.Max(slash, 1)], PathOnly | DirectoryOnly);
        if (directory is null)
        {
            return null;
        }

        var near = $"/proc/self/fd/{directory.Number}/{path[(slash + 1)..]}";
        if (Encoding.UTF8.GetByteCount(near) > PathLimit)
        {
            Marshal.SetLastPInvokeError(Errno.NameTooLong);
            return null;
        }

        return ConnectTo(near);
    }

    private static FileDescriptor? ConnectTo(string path)
    {
        var socket = new FileDescriptor(LibC.socket(UnixDomain, StreamType | CloseOnExec | NonBlocking, 0));
        var address = stackalloc byte[2 + PathLimit + 1];
        new Span<byte>(address, 2 + PathLimit + 1).Clear();
        *(ushort*)address = UnixDomain;
        var length = Encoding.UTF8.GetBytes(path, new Span<byte>(address + 2, PathLimit));
        if (!socket.IsInvalid && LibC.connect(socket, address, (uint)(2 + length + 1)) == 0)
        {
            _ = LibC.shutdown(socket, EndWriting);
            return socket;
        }

        var error = Marshal.GetLastPInvokeError();
        socket.Dispose();
        Marshal.SetLastPInvokeError(error);
        return null;
    }

    /// <summary>The next connection, or <see langword="null"/> if there is none now.</summary>
    public static FileDescriptor? Accept(FileDescriptor listener)
    {
        var number = LibC.accept4(listener, null, null, CloseOnExec | NonBlocking);
        return number < 0 ? null : new FileDescriptor(number);
    }

    /// <summary>The process and the user that connected, or listened, at the other end (SO_PEERCRED, unix(7)).</summary>
    public static (int ProcessId, uint UserId) PeerOf(FileDescriptor socket)
    {
        var credentials = stackalloc int[3];
        var length = (uint)(3 * sizeof(int));
        return LibC.getsockopt(socket, SocketLevel, PeerCredentials, (byte*)credentials, &length) == 0
            ? (credentials[0], (uint)credentials[1])
            : throw SystemCallException.Last("look who is connected");
    }

    /// <summary>Sends what fits; never raises SIGPIPE.</summary>
    /// <returns>Bytes sent, <see cref="NotNow"/> or <see cref="PeerGone"/>.</returns>
    public static int Send(FileDescriptor socket, ReadOnlySpan<byte> bytes)
    {
        fixed (byte* pointer = bytes)
        {
            int? sent;
            do
            {
                sent = Outcome(LibC.send(socket, pointer, (nuint)bytes.Length, NoSignal | DoNotWait), PeerGone);
            } while (sent is null);

            return sent.Value;
        }
    }

    /// <summary>Receives what is there.</summary>
    /// <returns>Bytes received, 0 if the peer is gone or has ended its side, <see cref="NotNow"/>.</returns>
    public static int Receive(FileDescriptor socket, Span<byte> buffer)
    {
        fixed (byte* pointer = buffer)
        {
            int? received;
            do
            {
                received = Outcome(LibC.recv(socket, pointer, (nuint)buffer.Length, DoNotWait), 0);
            } while (received is null);

            return received.Value;
        }
    }

    // What a call says; null if it was interrupted and says nothing.
    private static int? Outcome(nint count, int whenGone) =>
        count >= 0
            ? (int)count
            : Marshal.GetLastPInvokeError() switch
            {
                Errno.Interrupted => null,
                Errno.TryAgain => NotNow,
                _ => whenGone,
            };
}
