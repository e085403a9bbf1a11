using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Native;

namespace VmSpawn.Engine.Host;

/// <summary>
/// Whether <c>/dev/vhost-vsock</c> can be opened read-write, and which context identifiers are free (the spec, section
/// 7.1). No socket is touched.
/// </summary>
internal static class VhostVsockProbe
{
    /// <summary>
    /// Whether a guest could have an identifier: takes it for a moment, on an opening of the device of its own. Where that
    /// cannot be tried (the device may come from the service manager alone), it counts as free.
    /// </summary>
    public static bool IsFree(string device, uint cid)
    {
        using var opened = NativeFile.TryOpen(device, NativeFile.ReadWrite);
        if (opened is null)
        {
            return true;
        }

        try
        {
            VhostVsock.SetGuestCid(opened, cid);
            return true;
        }
        catch (VmSpawnException e)
        {
            return e.ErrorId != "VsockCidBusy";
        }
    }

    /// <summary>Opens and closes the device.</summary>
    public static DeviceAccess Probe(string device) =>
        DeviceOpening.TryOpen(device) is not { } fault
            ? new DeviceAccess(true, $"{device} can be opened")
            : new DeviceAccess(
                false,
                fault.Reason,
                fault.Obstacle switch
                {
                    DeviceOpening.Obstacle.Missing => "Load the kernel module vhost_vsock (sudo modprobe vhost_vsock).",
                    DeviceOpening.Obstacle.Permission =>
                        "Add the user to the group that owns the device, often 'kvm', and log in again.",
                    _ => "Look at the kernel log (dmesg) for messages of vhost.",
                }
            );
}
