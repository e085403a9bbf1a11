using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Errors;

namespace VmSpawn.Engine.Resolution;

/// <summary>
/// The way of the guest's notifications. VSOCK is what systemd uses by itself; a virtio-serial port is there in every VM,
/// but the guest has to be given units that write to it.
/// </summary>
internal static class NotificationDecider
{
    private const string Subject = "notifications";

    /// <summary>Decides; never <see cref="NotifyTransport.Auto"/>.</summary>
    /// <exception cref="HostRequirementException">VSOCK was asked for, and the VM has none.</exception>
    public static NotifyTransport Decide(VmConfiguration configuration, ResolvedVsock? vsock, DecisionLog log)
    {
        var (transport, reason) = (configuration.NotifyTransport, vsock) switch
        {
            (NotifyTransport.None, _) => (NotifyTransport.None, "it was asked for"),
            (NotifyTransport.VirtioSerial, _) => (NotifyTransport.VirtioSerial, "it was asked for"),
            (NotifyTransport.Vsock, null) => throw Missing(configuration),
            (NotifyTransport.Vsock, _) => (NotifyTransport.Vsock, "it was asked for"),
            (_, null) when !configuration.NotifyOverPorts => (NotifyTransport.None, "the VM has no VSOCK"),
            (_, null) => (NotifyTransport.VirtioSerial, "the VM has no VSOCK"),
            _ => (NotifyTransport.Vsock, "the VM has VSOCK"),
        };
        log.Decide(Subject, NotifyTransportText.Format(transport), reason);
        return transport;
    }

    private static HostRequirementException Missing(VmConfiguration configuration) =>
        new(
            "NotifyTransportNotAvailable",
            "vsock",
            "The guest's notifications were asked for over vsock, and the VM has no VSOCK.",
            configuration.Vsock is Tristate.No
                ? "Leave -Vsock no out, or use -NotifyTransport virtio-serial."
                : "Use -Vsock yes to learn why there is no VSOCK, or -NotifyTransport virtio-serial."
        );
}
