using System.Diagnostics;

namespace VmSpawn.Engine.Tests;

/// <summary>A directory that is gone after the test.</summary>
public sealed class TemporaryDirectory : IDisposable
{
    public TemporaryDirectory() => Root = Directory.CreateTempSubdirectory("vmspawn-test-").FullName;

    private TemporaryDirectory(string root) => Root = Directory.CreateDirectory(root).FullName;

    public string Root { get; }

    /// <summary>One in memory where the system offers that, for tests with very many files.</summary>
    public static TemporaryDirectory InMemory() =>
        Directory.Exists("/dev/shm") ? new TemporaryDirectory($"/dev/shm/vmspawn-test-{Guid.NewGuid():N}") : new();

    public string PathOf(string relative) => Path.Join(Root, relative);

    public string Write(string relative, string text) => Write(relative, System.Text.Encoding.UTF8.GetBytes(text));

    public string Write(string relative, byte[] content)
    {
        var path = PathOf(relative);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
        return path;
    }

    /// <summary>
    /// Writes an executable script. Another process writes it: if this one did, a process started at that moment by
    /// another test would hold it open for writing, and running it would fail with "text file busy".
    /// </summary>
    public string WriteScript(string relative, string body)
    {
        var path = PathOf(relative);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var writer = Process.Start(
            "/bin/sh",
            ["-c", "printf '#!/bin/sh\\n%s\\n' \"$1\" > \"$2\" && chmod 755 \"$2\"", "sh", body, path]
        );
        writer.WaitForExit();
        return writer.ExitCode == 0 ? path : throw new IOException($"'{path}' was not written.");
    }

    public string MakeDirectory(string relative) => Directory.CreateDirectory(PathOf(relative)).FullName;

    public string Link(string relative, string target)
    {
        var path = PathOf(relative);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.CreateSymbolicLink(path, target);
        return path;
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
