using VmSpawn.Engine.Host;

namespace VmSpawn.PowerShell.Tests.Fakes;

/// <summary>The real files, some of which may not be read or are another VM's. Tests run as root, who may read all.</summary>
internal sealed class GuardedFiles : IHostFiles
{
    private readonly LinuxHostFiles _real = new();

    /// <summary>Paths that may not be read or written.</summary>
    public HashSet<string> Closed { get; } = new(StringComparer.Ordinal);

    /// <summary>Paths that another VM uses.</summary>
    public HashSet<string> InUse { get; } = new(StringComparer.Ordinal);

    public FileKind GetKind(string path) => _real.GetKind(path);

    public bool CanRead(string path) => !Closed.Contains(path) && _real.CanRead(path);

    public bool CanWrite(string path) => !Closed.Contains(path) && _real.CanWrite(path);

    public long GetLength(string path) => _real.GetLength(path);

    public Stream OpenRead(string path) => _real.OpenRead(path);

    public IEnumerable<string> EnumerateNames(string directory) => _real.EnumerateNames(directory);

    public string? ReadLink(string path) => _real.ReadLink(path);

    public (ulong Device, ulong Inode)? GetIdentity(string path) => _real.GetIdentity(path);

    public bool IsLockedByQemu(string path, bool forWriting) => InUse.Contains(path);
}
