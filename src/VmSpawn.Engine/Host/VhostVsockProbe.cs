namespace VmSpawn.Engine.Host;

/// <summary>Whether <c>/dev/vhost-vsock</c> can be opened read-write (spec, section 7.1). No socket is touched.</summary>
internal static class VhostVsockProbe
{
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
