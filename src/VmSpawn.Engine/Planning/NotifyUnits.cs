using System.Text;

namespace VmSpawn.Engine.Planning;

/// <summary>
/// The units by which a guest without VSOCK speaks to the host: one that writes to a virtio-serial port what systemd would
/// send over VSOCK, and what pulls it in. Guests with systemd 256 or later make them of credentials
/// (systemd-debug-generator(8)); others leave them alone.
/// </summary>
internal static class NotifyUnits
{
    /// <summary>Name of the port in the guest.</summary>
    public const string PortName = "io.vmspawn.notify";

    private const string Service = "vmspawn-notify.service";

    // Waits for the port, which udev makes, but not for ever: nobody may wait for this unit. The exit status is the one that
    // systemctl exit has set before everything is stopped; the bus, which busctl needs, is stopped after this unit. There is
    // one writer at a time, and the host always reads.
    private const string ServiceText = $$"""
        [Unit]
        Description=Tell the virtual machine's host how this system fares
        DefaultDependencies=no
        After=default.target dbus.socket dbus.service
        Conflicts=shutdown.target
        Before=shutdown.target
        ConditionPathExists=!/etc/initrd-release

        [Service]
        Type=oneshot
        RemainAfterExit=yes
        TimeoutSec=30
        ExecStart=-/bin/sh -c 'p=/dev/virtio-ports/{{PortName}}; n=0; while [ ! -e $$p ] && [ $$n -lt 20 ]; do n=$$((n+1)); sleep 0.5; done; [ -e $$p ] && printf "X_SYSTEMD_HOSTNAME=%%s\nX_SYSTEMD_MACHINE_ID=%%s\nX_SYSTEMD_UNIT_ACTIVE=default.target\nREADY=1\n" "%H" "%m" >$$p'
        ExecStop=-/bin/sh -c 'p=/dev/virtio-ports/{{PortName}}; m=org.freedesktop.systemd1; s=$$(busctl get-property $$m /org/freedesktop/systemd1 $$m.Manager ExitCode); s=$${s#y }; [ -n "$$s" ] && [ -e $$p ] && printf "EXIT_STATUS=%%s\n" "$$s" >$$p'

        """;

    private const string DropInText = $"""
        [Unit]
        Wants={Service}

        """;

    /// <summary>The credentials, by name.</summary>
    public static IReadOnlyList<(string Id, byte[] Content)> Credentials { get; } =
    [
        ($"systemd.extra-unit.{Service}", Encoding.ASCII.GetBytes(ServiceText)),
        ("systemd.unit-dropin.default.target", Encoding.ASCII.GetBytes(DropInText)),
    ];
}
