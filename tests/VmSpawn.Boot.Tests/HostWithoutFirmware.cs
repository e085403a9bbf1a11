using System.Collections.Immutable;
using VmSpawn.Engine.Host;

namespace VmSpawn.Boot.Tests;

/// <summary>This machine, were no firmware installed on it.</summary>
internal sealed class HostWithoutFirmware(IHost host) : IHost
{
    public string Architecture => host.Architecture;

    public string HostName => host.HostName;

    public ImmutableArray<byte> MachineId => host.MachineId;

    public bool IsPrivileged => host.IsPrivileged;

    public IHostFiles Files => host.Files;

    public string RuntimeRoot => host.RuntimeRoot;

    public ImmutableArray<string> FirmwareDirectories => [];

    public ImmutableArray<string> ImageDirectories => host.ImageDirectories;

    public string? GetEnvironmentVariable(string name) => host.GetEnvironmentVariable(name);

    public string? FindExecutable(string name) => host.FindExecutable(name);

    public DeviceAccess ProbeKvm(string qemuBinary) => host.ProbeKvm(qemuBinary);

    public DeviceAccess ProbeVhostVsock() => host.ProbeVhostVsock();

    public Version GetQemuVersion(string qemuBinary) => host.GetQemuVersion(qemuBinary);
}
