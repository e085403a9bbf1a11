using System.Collections.Immutable;
using System.Text.Json.Nodes;
using VmSpawn.Conformance.Cases;
using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Host;
using VmSpawn.Engine.Systemd;

namespace VmSpawn.Conformance.Hosts;

/// <summary>The host that a case describes, over the real file system of its fixtures.</summary>
internal sealed class FakeHost(ConformanceCase conformanceCase) : IHost
{
    private readonly JsonObject _host = conformanceCase.Host;
    private int _cidAttempts;

    public string Architecture => Text("arch");

    public string HostName => Text("hostname");

    public ImmutableArray<byte> MachineId => [.. Convert.FromHexString(Text("machineId"))];

    public bool IsPrivileged => _host["privileged"]!.GetValue<bool>();

    public IHostFiles Files { get; } = new LinuxHostFiles();

    /// <summary>Nothing is made there, and the path is short, as that of a real host.</summary>
    public string RuntimeRoot => "/run/vmspawn";

    public ImmutableArray<string> FirmwareDirectories =>
        GetEnvironmentVariable("XDG_CONFIG_HOME") is { } own
            ? [Path.Combine(own, "qemu/firmware"), .. Words("firmwareDirectories")]
            : Words("firmwareDirectories");

    public ImmutableArray<string> ImageDirectories => Words("imageDirectories");

    public string? GetEnvironmentVariable(string name) =>
        name == "PATH" ? string.Join(':', Words("path")) : conformanceCase.Environment.GetValueOrDefault(name);

    public string? FindExecutable(string name) =>
        Words("path").Select(directory => Path.Combine(directory, name)).FirstOrDefault(IsExecutable);

    public DeviceAccess ProbeKvm(string qemuBinary) =>
        Text("kvm") switch
        {
            "present" => new DeviceAccess(Usable: true, "it works"),
            "absent" => new DeviceAccess(Usable: false, "/dev/kvm does not exist"),
            "eacces" => new DeviceAccess(Usable: false, "/dev/kvm may not be opened"),
            var failure => throw new HostRequirementException(
                "KvmBroken",
                "/dev/kvm",
                $"/dev/kvm cannot be looked at: {failure}.",
                "Look at the kernel's log."
            ),
        };

    /// <summary>The original does not run without systemd, so that each case was recorded where it is.</summary>
    public SystemdAccess ProbeServiceManager(ServiceManager manager) =>
        new(Usable: true, "systemd runs this host", "/usr/bin/busctl");

    public SystemdAccess ProbeMachined(ServiceManager manager) =>
        new(Usable: true, "systemd-machined is installed", "/run/systemd/machine/io.systemd.Machine");

    public DeviceAccess ProbeVhostVsock() =>
        Text("vhostVsock") is "present"
            ? new DeviceAccess(Usable: true, "it works")
            : new DeviceAccess(Usable: false, $"/dev/vhost-vsock cannot be opened: {Text("vhostVsock")}");

    public ImmutableArray<string> VhostDeviceVsockFallbacks => [];

    public ImmutableArray<string> VirtiofsdFallbacks => Words("virtiofsdFallback");

    /// <summary>The kind that a case names; the one written in Rust is what the real program means.</summary>
    public VirtiofsdProgram ProbeVirtiofsd(string path) =>
        _host["virtiofsd"]?.GetValue<string>() is "c"
            ? new VirtiofsdProgram(path, VirtiofsdKind.C, new Version(7, 2, 22))
            : new VirtiofsdProgram(path, VirtiofsdKind.Rust, new Version(1, 13, 2));

    public string JournalRemotePath => Text("journalRemote");

    public ImmutableArray<ActivationDescriptor> ActivationDescriptors =>
        [
            .. _host["passedFds"]!
                .AsArray()
                .Select(descriptor => new ActivationDescriptor(
                    descriptor!["fd"]!.GetValue<int>(),
                    descriptor["name"]!.GetValue<string>()
                )),
        ];

    /// <summary>The first attempts of a case fail.</summary>
    public bool IsGuestCidFree(uint cid) => _cidAttempts++ >= _host["cidBusyAttempts"]!.GetValue<int>();

    public HostUser? FindUser(string name) =>
        _host["users"]!.AsArray().FirstOrDefault(user => user!["name"]!.GetValue<string>() == name) is { } user
            ? new HostUser(
                name,
                user["uid"]!.GetValue<uint>(),
                user["gid"]!.GetValue<uint>(),
                user["home"]!.GetValue<string>(),
                user["shell"]!.GetValue<string>()
            )
            : null;

    public Version GetQemuVersion(string qemuBinary) => new(9, 2, 0);

    private static bool IsExecutable(string path) =>
        File.Exists(path) && (File.GetUnixFileMode(path) & UnixFileMode.UserExecute) != UnixFileMode.None;

    private ImmutableArray<string> Words(string key) =>
        [.. _host[key]!.AsArray().Select(word => word!.GetValue<string>())];

    private string Text(string key) => _host[key]!.GetValue<string>();
}
