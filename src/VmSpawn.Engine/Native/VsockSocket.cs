using System.Runtime.InteropServices;
using VmSpawn.Engine.Errors;

namespace VmSpawn.Engine.Native;

/// <summary>Stream sockets of the kernel's VSOCK (vsock(7)).</summary>
internal static unsafe class VsockSocket
{
    private const int VsockDomain = 40; // AF_VSOCK
    private const int StreamType = 1; // SOCK_STREAM
    private const int NonBlocking = 0x800; // SOCK_NONBLOCK
    private const int CloseOnExec = 0x80000; // SOCK_CLOEXEC
    private const uint AnyCid = 0xFFFFFFFF; // VMADDR_CID_ANY

    /// <summary>A socket that listens on a port of this host.</summary>
    public static FileDescriptor Listen(uint port)
    {
        var number = LibC.socket(VsockDomain, StreamType | CloseOnExec, 0);
        if (number < 0)
        {
            throw SystemCallException.Last("make a VSOCK socket");
        }

        var socket = new FileDescriptor(number);
        var address = new Address
        {
            Family = VsockDomain,
            Port = port,
            Cid = AnyCid,
        };
        if (LibC.bind(socket, (byte*)&address, (uint)sizeof(Address)) != 0 || LibC.listen(socket, 64) != 0)
        {
            var error = SystemCallException.Last($"listen on the VSOCK port {port}", port);
            socket.Dispose();
            throw error;
        }

        return socket;
    }

    /// <summary>A socket that is connected to a port of a guest; the kernel gives up after two seconds.</summary>
    /// <exception cref="SystemCallException">The guest does not listen there, or there is none.</exception>
    public static FileDescriptor Connect(uint cid, uint port)
    {
        var number = LibC.socket(VsockDomain, StreamType | CloseOnExec, 0);
        if (number < 0)
        {
            throw SystemCallException.Last("make a VSOCK socket");
        }

        var socket = new FileDescriptor(number);
        var address = new Address
        {
            Family = VsockDomain,
            Port = port,
            Cid = cid,
        };
        if (LibC.connect(socket, (byte*)&address, (uint)sizeof(Address)) != 0)
        {
            var error = SystemCallException.Last($"connect to VSOCK port {port} of the guest {cid}", cid);
            socket.Dispose();
            throw error;
        }

        return socket;
    }

    /// <summary>The next connection and whose it is, or <see langword="null"/> if there is none now.</summary>
    public static FileDescriptor? Accept(FileDescriptor listener, out uint cid, out uint port)
    {
        Address address;
        var length = (uint)sizeof(Address);
        var number = LibC.accept4(listener, (byte*)&address, &length, CloseOnExec | NonBlocking);
        (cid, port) = number < 0 ? (AnyCid, AnyCid) : (address.Cid, address.Port);
        return number < 0 ? null : new FileDescriptor(number);
    }

    // struct sockaddr_vm, uapi/linux/vm_sockets.h.
    [StructLayout(LayoutKind.Sequential, Size = 16)]
    private struct Address
    {
        public ushort Family;
        public ushort Reserved;
        public uint Port;
        public uint Cid;
    }
}
