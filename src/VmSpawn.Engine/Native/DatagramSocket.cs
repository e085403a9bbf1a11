using System.Runtime.InteropServices;
using System.Text;
using VmSpawn.Engine.Errors;

namespace VmSpawn.Engine.Native;

/// <summary>Datagrams to a UNIX socket, as sd_notify(3) sends them.</summary>
internal static unsafe class DatagramSocket
{
    private const int UnixDomain = 1; // AF_UNIX
    private const int DatagramType = 2; // SOCK_DGRAM
    private const int CloseOnExec = 0x80000; // SOCK_CLOEXEC
    private const int NoSignal = 0x4000; // MSG_NOSIGNAL
    private const int DoNotWait = 0x40; // MSG_DONTWAIT
    private const int NoBufferSpace = 105; // ENOBUFS

    /// <summary>A socket to send from.</summary>
    public static FileDescriptor Create()
    {
        var number = LibC.socket(UnixDomain, DatagramType | CloseOnExec, 0);
        return number < 0 ? throw SystemCallException.Last("make a socket") : new FileDescriptor(number);
    }

    /// <summary>Sends a datagram to a path, or to an abstract name after <c>@</c> (unix(7)).</summary>
    /// <returns>True if it was taken, false if there is no room now, <see langword="null"/> if nobody takes it.</returns>
    public static bool? Send(FileDescriptor socket, string address, ReadOnlySpan<byte> bytes)
    {
        var isAbstract = address[0] == '@';
        var length = Encoding.UTF8.GetByteCount(address);
        var buffer = stackalloc byte[2 + UnixSocket.PathLimit + 1];
        new Span<byte>(buffer, 2 + UnixSocket.PathLimit + 1).Clear();
        *(ushort*)buffer = UnixDomain;
        Encoding.UTF8.GetBytes(address, new Span<byte>(buffer + 2, UnixSocket.PathLimit));
        if (isAbstract)
        {
            buffer[2] = 0;
        }

        fixed (byte* pointer = bytes)
        {
            // An abstract name has no NUL at its end.
            var size = (uint)(2 + length + (isAbstract ? 0 : 1));
            while (true)
            {
                if (
                    LibC.sendto(socket, pointer, (nuint)bytes.Length, NoSignal | DoNotWait, buffer, size)
                    == bytes.Length
                )
                {
                    return true;
                }

                switch (Marshal.GetLastPInvokeError())
                {
                    case Errno.Interrupted:
                        continue;
                    case Errno.TryAgain or NoBufferSpace:
                        return false;
                    default:
                        return null;
                }
            }
        }
    }
}
