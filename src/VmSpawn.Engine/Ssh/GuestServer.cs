using VmSpawn.Engine.Resolution;

namespace VmSpawn.Engine.Ssh;

/// <summary>
/// The units and settings by which a guest's <c>sshd</c> accepts a key that is a credential. systemd 256 and later takes
/// units as credentials (systemd.system-credentials(7)); older ones do not look at them.
/// </summary>
internal static class GuestServer
{
    /// <summary>The public keys that the guest accepts for every user until it is shut down.</summary>
    public const string EphemeralKeys = "ssh.ephemeral-authorized_keys-all";

    /// <summary>The public keys of the guest's root; systemd 252 and later writes them into its list, if it has none yet.</summary>
    public const string RootKeys = "ssh.authorized_keys.root";

    /// <summary>TCP port of the server that the units start; not 22, where the guest's own may listen.</summary>
    public const ushort HandedPort = 7022;

    private const string VsockDropIn = "systemd.unit-dropin.sshd-vsock@.service";
    private const string Socket = "systemd.extra-unit.vmspawn-ssh.socket";
    private const string Service = "systemd.extra-unit.vmspawn-ssh@.service";
    private const string Enabling = "systemd.unit-dropin.sockets.target~vmspawn-ssh";

    // A failure of sshd is the client's affair, not the unit's.
    private const string Exec =
        "ExecStart=-sshd -i -o 'AuthorizedKeysFile=%d/ssh.ephemeral-authorized_keys-all .ssh/authorized_keys'\n"
        + "ImportCredential=ssh.ephemeral-authorized_keys-all\n";

    private const string SocketText =
        "[Unit]\n"
        + "Description=SSH for the host of this virtual machine\n"
        + "Wants=ssh-access.target\n"
        + "Before=ssh-access.target\n"
        + "[Socket]\n"
        + "ListenStream=0.0.0.0:7022\n"
        + "Accept=yes\n";

    private const string ServiceText =
        "[Unit]\n"
        + "Description=SSH for the host of this virtual machine\n"
        // Where a distribution makes the host keys at the first boot, this is what makes them (Fedora, Arch).
        + "Wants=sshd-keygen.target\n"
        + "After=sshd-keygen.target\n"
        + "[Service]\n"
        + "StandardInput=socket\n"
        // Where sshd goes without rights; Debian's own unit makes it, too.
        + "RuntimeDirectory=sshd\n"
        + "RuntimeDirectoryMode=0755\n"
        + "RuntimeDirectoryPreserve=yes\n"
        + Exec;

    /// <summary>The credentials that the way needs beside the key itself.</summary>
    public static IEnumerable<(string Id, string Text)> Units(SshRoute route) =>
        route switch
        {
            SshRoute.HandedServer =>
            [
                (Socket, SocketText),
                (Service, ServiceText),
                (Enabling, "[Unit]\nWants=vmspawn-ssh.socket\n"),
            ],
            SshRoute.OwnServer => [],
            _ => [(VsockDropIn, $"[Service]\nExecStart=\n{Exec}")],
        };

    /// <summary>The credentials that hold the key.</summary>
    public static IEnumerable<string> Keys(SshRoute route) =>
        route switch
        {
            SshRoute.OwnServer => [RootKeys],
            _ => [EphemeralKeys],
        };
}
