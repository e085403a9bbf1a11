using System.Collections.Immutable;
using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Systemd;

namespace VmSpawn.Engine.Host;

/// <summary>
/// All that resolution asks of the machine it runs on. <c>LinuxHost</c> is the real one; tests use a fake one,
/// so that a whole plan is made without touching anything.
/// </summary>
public interface IHost
{
    /// <summary>Machine architecture as <c>uname -m</c> prints it, such as <c>x86_64</c>.</summary>
    string Architecture { get; }

    /// <summary>Host name.</summary>
    string HostName { get; }

    /// <summary>The 16 bytes of <c>/etc/machine-id</c>, or an empty array if there is none.</summary>
    ImmutableArray<byte> MachineId { get; }

    /// <summary>True if the real user id is 0 (spec, section 0).</summary>
    bool IsPrivileged { get; }

    /// <summary>The file system.</summary>
    IHostFiles Files { get; }

    /// <summary>Directory that holds the run directories of this user's VMs.</summary>
    string RuntimeRoot { get; }

    /// <summary>Directories with firmware descriptors, highest priority first.</summary>
    ImmutableArray<string> FirmwareDirectories { get; }

    /// <summary>Directories searched for an image by machine name, highest priority first.</summary>
    ImmutableArray<string> ImageDirectories { get; }

    /// <summary>An environment variable, or <see langword="null"/> if it is unset.</summary>
    string? GetEnvironmentVariable(string name);

    /// <summary>
    /// First executable of that name in <c>PATH</c>: absolute elements only, regular files the caller may execute
    /// (spec, section 3.1); <see langword="null"/> if there is none.
    /// </summary>
    string? FindExecutable(string name);

    /// <summary>Whether QEMU really can start a virtual CPU with KVM here; the answer is cached for the host's boot.</summary>
    DeviceAccess ProbeKvm(string qemuBinary);

    /// <summary>Whether <c>/dev/vhost-vsock</c> can be opened read-write.</summary>
    DeviceAccess ProbeVhostVsock();

    /// <summary>Version of a QEMU binary, such as 7.2.22; cached by path, size and modification time.</summary>
    Version GetQemuVersion(string qemuBinary);

    /// <summary>Whether QEMU can open a window for the user who asks.</summary>
    DeviceAccess ProbeWindow(string qemuBinary) => new(Usable: true, "it is not looked for");

    /// <summary>A user of this host by name, or <see langword="null"/>; only those of <c>/etc/passwd</c> are known.</summary>
    HostUser? FindUser(string name) => PasswordFile.Find(Files, name);

    /// <summary>User id of the caller.</summary>
    uint UserId => 0;

    /// <summary>
    /// Kind, version and abilities of a virtiofsd; cached by path, size and modification time.
    /// </summary>
    /// <exception cref="Errors.HostRequirementException"><c>VirtiofsdNotUsable</c>: it does not run or is something else.</exception>
    VirtiofsdProgram ProbeVirtiofsd(string path) => new(path, VirtiofsdKind.Rust, new Version(1, 13, 2));

    /// <summary>Fills a buffer with unpredictable bytes; tests give fixed ones.</summary>
    void FillRandom(Span<byte> buffer) => System.Security.Cryptography.RandomNumberGenerator.Fill(buffer);

    /// <summary>
    /// Where virtiofsd is looked for when it is not in <c>PATH</c>: the two places of the spec, section 3.3, and then
    /// those of QEMU's older one, on Debian and on Fedora.
    /// </summary>
    ImmutableArray<string> VirtiofsdFallbacks =>
        ["/usr/libexec/virtiofsd", "/usr/lib/virtiofsd", "/usr/lib/qemu/virtiofsd", "/usr/libexec/qemu/virtiofsd"];

    /// <summary>Where <c>vhost-device-vsock</c> is looked for when it is not in <c>PATH</c>.</summary>
    ImmutableArray<string> VhostDeviceVsockFallbacks =>
        ["/usr/libexec/vhost-device-vsock", "/usr/lib/qemu/vhost-device-vsock"];

    /// <summary>Where <c>systemd-journal-remote</c> is looked for when it is not in <c>PATH</c> (the spec, section 3.5).</summary>
    string JournalRemotePath => "/usr/lib/systemd/systemd-journal-remote";

    /// <summary>Whether a <c>systemd-journal-remote</c> takes limits of the journal on its command line.</summary>
    /// <exception cref="Errors.HostRequirementException"><c>JournalRemoteNotUsable</c>: it does not run.</exception>
    bool JournalRemoteTakesLimits(string path) => true;

    /// <summary>Descriptors that the service manager passed to this process (sd_listen_fds(3)), with their names.</summary>
    ImmutableArray<ActivationDescriptor> ActivationDescriptors => [];

    /// <summary>Whether this caller could listen where a forward begins. Only a hint: QEMU takes the port at the start.</summary>
    PortAvailability ProbePort(PortForward forward) => PortAvailability.Free;

    /// <summary>Whether a service manager of systemd can be asked for a unit; looking starts nothing.</summary>
    SystemdAccess ProbeServiceManager(ServiceManager manager) => SystemdProbe.ServiceManager(this, manager);

    /// <summary>Whether there is a machined that VMs can be registered with; looking starts nothing.</summary>
    SystemdAccess ProbeMachined(ServiceManager manager) => SystemdProbe.Machined(this, manager);

    /// <summary>Where this process is in systemd's tree of control groups, or <see langword="null"/>.</summary>
    internal ControlGroup? ControlGroup => null;

    /// <summary>A TCP port of 127.0.0.1 that nobody uses. Only a hint: QEMU takes the port at the start.</summary>
    ushort FindFreePort() => 49152;

    /// <summary>The public half of a private SSH key, as one line of an <c>authorized_keys</c> file.</summary>
    /// <param name="keygen">Absolute path of <c>ssh-keygen</c>.</param>
    /// <param name="path">Absolute path of the private half.</param>
    /// <exception cref="Errors.VmSpawnException"><c>SshKeyNotUsable</c>.</exception>
    string ReadSshPublicKey(string keygen, string path) => new Ssh.SshKeygen(keygen).ReadPublicKey(path);

    /// <summary>
    /// Whether a guest could take a VSOCK context identifier now. Only a hint: the identifier is taken when the VM
    /// starts.
    /// </summary>
    bool IsGuestCidFree(uint cid) => true;
}
