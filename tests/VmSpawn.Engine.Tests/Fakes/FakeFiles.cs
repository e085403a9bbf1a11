using System.Text;
using VmSpawn.Engine.Host;

namespace VmSpawn.Engine.Tests.Fakes;

/// <summary>A file system in memory; directories exist as soon as something is in them.</summary>
internal sealed class FakeFiles : IHostFiles
{
    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal)
    {
        ["/"] = new Entry(FileKind.Directory),
    };

    private ulong _nextInode = 2;

    /// <summary>Paths that may not be read.</summary>
    public HashSet<string> Unreadable { get; } = new(StringComparer.Ordinal);

    /// <summary>Paths that may not be written.</summary>
    public HashSet<string> Unwritable { get; } = new(StringComparer.Ordinal);

    /// <summary>Paths that another QEMU has open for writing.</summary>
    public HashSet<string> LockedByQemu { get; } = new(StringComparer.Ordinal);

    public void AddFile(string path, string content = "content") => AddFile(path, Encoding.UTF8.GetBytes(content));

    public void AddFile(string path, byte[] content) => Add(path, new Entry(FileKind.Regular, content, content.Length));

    /// <summary>A file of that length full of zeros that takes no memory.</summary>
    public void AddSparseFile(string path, long length) => Add(path, new Entry(FileKind.Regular, [], length));

    public void AddBlockDevice(string path, long length) => Add(path, new Entry(FileKind.BlockDevice, [], length));

    public void AddDirectory(string path) => Add(path, new Entry(FileKind.Directory));

    public void AddOther(string path, FileKind kind) => Add(path, new Entry(kind));

    public void AddLink(string path, string target) => Add(path, new Entry(FileKind.Other, LinkTarget: target));

    public void Remove(string path) => _entries.Remove(path);

    public FileKind GetKind(string path) => Find(path)?.Kind ?? FileKind.Missing;

    public bool CanRead(string path) => Find(path) is not null && !Unreadable.Contains(path);

    public bool CanWrite(string path) => Find(path) is not null && !Unwritable.Contains(path);

    public long GetLength(string path) => Find(path)?.Length ?? 0;

    public Stream OpenRead(string path)
    {
        var entry = Find(path) ?? throw new FileNotFoundException($"No such file: {path}", path);
        if (Unreadable.Contains(path))
        {
            throw new UnauthorizedAccessException($"Permission denied: {path}");
        }

        return entry.Kind is FileKind.Directory
            ? throw new IOException($"Is a directory: {path}")
            : new SparseStream(entry.Content ?? [], entry.Length);
    }

    public IEnumerable<string> EnumerateNames(string directory)
    {
        var prefix = (Follow(directory) ?? directory).TrimEnd('/') + "/";
        return _entries
            .Keys.Where(path => path.Length > prefix.Length && path.StartsWith(prefix, StringComparison.Ordinal))
            .Select(path => path[prefix.Length..])
            .Where(name => !name.Contains('/'));
    }

    public string? ReadLink(string path) => _entries.GetValueOrDefault(path)?.LinkTarget;

    public (ulong Device, ulong Inode)? GetIdentity(string path) => Find(path) is { } entry ? (1, entry.Inode) : null;

    public bool IsLockedByQemu(string path, bool forWriting) => LockedByQemu.Contains(path);

    private void Add(string path, Entry entry)
    {
        for (var slash = path.LastIndexOf('/'); slash > 0; slash = path.LastIndexOf('/', slash - 1))
        {
            _entries.TryAdd(path[..slash], new Entry(FileKind.Directory) { Inode = _nextInode++ });
        }

        _entries[path] = entry with { Inode = _nextInode++ };
    }

    private Entry? Find(string path) => Follow(path) is { } target ? _entries.GetValueOrDefault(target) : null;

    // Follows links in every component; a loop ends as nothing.
    private string? Follow(string path, int depth = 0)
    {
        if (depth > 8)
        {
            return null;
        }

        var current = "";
        foreach (var component in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            current = component switch
            {
                "." => current,
                ".." => current[..Math.Max(current.LastIndexOf('/'), 0)],
                _ => $"{current}/{component}",
            };
            if (_entries.GetValueOrDefault(current)?.LinkTarget is { } target)
            {
                var parent = current[..current.LastIndexOf('/')];
                if (Follow(target.StartsWith('/') ? target : $"{parent}/{target}", depth + 1) is not { } followed)
                {
                    return null;
                }

                current = followed;
            }
        }

        return current.Length == 0 ? "/" : current;
    }

    private sealed record Entry(FileKind Kind, byte[]? Content = null, long Length = 0, string? LinkTarget = null)
    {
        public ulong Inode { get; init; } = 1;
    }
}
