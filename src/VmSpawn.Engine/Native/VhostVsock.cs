using System.Runtime.InteropServices;
using VmSpawn.Engine.Errors;

namespace VmSpawn.Engine.Native;

/// <summary><c>/dev/vhost-vsock</c>.</summary>
internal static unsafe class VhostVsock
{
    private const nuint SetCid = 0x4008AF60; // VHOST_VSOCK_SET_GUEST_CID, uapi/linux/vhost.h
    private const int AddressInUse = 98; // EADDRINUSE

    /// <summary>Takes a context identifier for the guest; it is free again when the descriptor is closed everywhere.</summary>
    /// <exception cref="VmSpawnException"><c>VsockCidBusy</c>: another VM has it.</exception>
    public static void SetGuestCid(FileDescriptor device, long cid)
    {
        if (LibC.ioctl(device, SetCid, (nint)(&cid)) == 0)
        {
            return;
        }

        throw Marshal.GetLastPInvokeError() == AddressInUse
            ? new VmSpawnException(
                "VsockCidBusy",
                VmErrorKind.Busy,
                $"Another VM of this host has the VSOCK context identifier {cid}.",
                cid,
                "Choose another with -VsockCid, or none to have one chosen."
            )
            : SystemCallException.Last($"take the VSOCK context identifier {cid}", cid);
    }
}
