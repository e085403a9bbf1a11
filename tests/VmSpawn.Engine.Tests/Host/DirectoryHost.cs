using System.Collections.Immutable;
using VmSpawn.Engine.Host;

namespace VmSpawn.Engine.Tests.Host;

/// <summary>A host whose files are real ones, in directories that a test chose.</summary>
internal sealed class DirectoryHost : IHost
{
    public string Architecture => "x86_64";

    public string HostName => "test";

    public ImmutableArray<byte> MachineId => [];

    public bool IsPrivileged => false;

    public IHostFiles Files { get; } = new LinuxHostFiles();

    public string RuntimeRoot => "/nonexistent";

    public ImmutableArray<string> FirmwareDirectories { get; init; } = [];

    public ImmutableArray<string> ImageDirectories { get; init; } = [];

    public string? GetEnvironmentVariable(string name) => null;

    public string? FindExecutable(string name) => null;

    public DeviceAccess ProbeKvm(string qemuBinary) => new(false, "this is a test");

    public DeviceAccess ProbeVhostVsock() => new(false, "this is a test");

    public Version GetQemuVersion(string qemuBinary) => new(7, 2);
}
