using System.Collections.Immutable;
using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Host;
using VmSpawn.Engine.Systemd;

namespace VmSpawn.Engine.Tests.Fakes;

/// <summary>
/// A host made of values: a PC with QEMU, without KVM and VSOCK, unless a test says otherwise. Files are those that
/// were put in.
/// </summary>
internal sealed class FakeHost : IHost
{
    public const string Qemu = "/usr/bin/qemu-system-x86_64";

    private readonly Dictionary<string, string> _environment = new(StringComparer.Ordinal);

    public FakeHost() => Files.AddFile(Qemu);

    public string Architecture { get; set; } = "x86_64";

    public string HostName { get; set; } = "myhost";

    public ImmutableArray<byte> MachineId { get; set; } =
    [.. Convert.FromHexString("0123456789abcdef0123456789abcdef")];

    public bool IsPrivileged { get; set; } = true;

    public FakeFiles Files { get; } = new();

    IHostFiles IHost.Files => Files;

    public string RuntimeRoot { get; set; } = "/run/vmspawn";

    public ImmutableArray<string> FirmwareDirectories { get; set; } =
    ["/etc/qemu/firmware", "/usr/share/qemu/firmware"];

    public ImmutableArray<string> ImageDirectories { get; set; } = ["/var/lib/machines"];

    /// <summary>Directories searched for programs; every regular file in them can be executed.</summary>
    public List<string> Path { get; } = ["/usr/bin"];

    public DeviceAccess Kvm { get; set; } = new(Usable: false, "/dev/kvm does not exist", "Load the KVM module.");

    public DeviceAccess VhostVsock { get; set; } =
        new(Usable: false, "/dev/vhost-vsock does not exist", "Load the module vhost_vsock.");

    public Version QemuVersion { get; set; } = new(7, 2, 22);

    /// <summary>The byte that all "random" bytes have.</summary>
    public byte RandomByte { get; set; } = 0x5a;

    /// <summary>Identifiers that other VMs have.</summary>
    public HashSet<uint> TakenCids { get; } = [];

    /// <summary>So many questions for a free identifier are answered with no first.</summary>
    public int FreeCidAfter { get; set; }

    /// <summary>What a port of the host is, unless it is free.</summary>
    public Dictionary<int, PortAvailability> Ports { get; } = [];

    public ImmutableArray<ActivationDescriptor> Activation { get; set; } = [];

    ImmutableArray<ActivationDescriptor> IHost.ActivationDescriptors => Activation;

    public ControlGroup? ControlGroup { get; set; }

    ControlGroup? IHost.ControlGroup => ControlGroup;

    public uint UserId { get; set; }

    /// <summary>What virtiofsd is, whatever its path; <see langword="null"/> for the one written in Rust.</summary>
    public VirtiofsdProgram? Virtiofsd { get; set; }

    public VirtiofsdProgram ProbeVirtiofsd(string path) =>
        Virtiofsd ?? new VirtiofsdProgram(path, VirtiofsdKind.Rust, new Version(1, 13, 2));

    /// <summary>Whether systemd-journal-remote takes limits.</summary>
    public bool JournalLimits { get; set; } = true;

    public bool JournalRemoteTakesLimits(string path) => JournalLimits;

    public FakeHost WithEnvironment(string name, string value)
    {
        _environment[name] = value;
        return this;
    }

    public FakeHost WithFile(string path, string content = "content")
    {
        Files.AddFile(path, content);
        return this;
    }

    public FakeHost WithFile(string path, byte[] content)
    {
        Files.AddFile(path, content);
        return this;
    }

    /// <summary>Puts in files that nobody reads in the test, such as programs.</summary>
    public FakeHost WithFiles(params ReadOnlySpan<string> paths)
    {
        foreach (var path in paths)
        {
            Files.AddFile(path);
        }

        return this;
    }

    public FakeHost WithDirectory(string path)
    {
        Files.AddDirectory(path);
        return this;
    }

    public FakeHost WithoutFile(string path)
    {
        Files.Remove(path);
        return this;
    }

    public string? GetEnvironmentVariable(string name) => _environment.GetValueOrDefault(name);

    public string? FindExecutable(string name) =>
        Path.Select(directory => $"{directory}/{name}").FirstOrDefault(path => Files.GetKind(path) is FileKind.Regular);

    public DeviceAccess ProbeKvm(string qemuBinary) => Kvm;

    public DeviceAccess ProbeVhostVsock() => VhostVsock;

    public Version GetQemuVersion(string qemuBinary) => QemuVersion;

    public bool IsGuestCidFree(uint cid) => FreeCidAfter-- <= 0 && !TakenCids.Contains(cid);

    public PortAvailability ProbePort(PortForward forward) => Ports.GetValueOrDefault(forward.HostPort);

    /// <summary>Ports that are given out as free ones, in order; the last one again and again.</summary>
    public Queue<ushort> FreePorts { get; } = new([40022]);

    public ushort FindFreePort() => FreePorts.Count > 1 ? FreePorts.Dequeue() : FreePorts.Peek();

    public string ReadSshPublicKey(string keygen, string path) => $"ssh-ed25519 AAAA {path}";

    public void FillRandom(Span<byte> buffer) => buffer.Fill(RandomByte);
}
