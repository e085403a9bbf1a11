using System.Text;

namespace VmSpawn.Conformance.Fixtures;

/// <summary>Writes files and directories below one root, making what lies between.</summary>
internal sealed class FixtureWriter(string root)
{
    public string Root { get; } = root;

    public string PathOf(string path) => Path.Combine(Root, path);

    public void Directory(params ReadOnlySpan<string> paths)
    {
        foreach (var path in paths)
        {
            System.IO.Directory.CreateDirectory(PathOf(path));
        }
    }

    public void Text(string path, string text) => Bytes(path, Encoding.UTF8.GetBytes(text));

    public void Bytes(string path, ReadOnlySpan<byte> content)
    {
        using var file = Create(path);
        file.Write(content);
    }

    public void Script(string path, bool executable)
    {
        Text(path, "#!/bin/sh\nexit 0\n");
        const UnixFileMode Readable =
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
        const UnixFileMode Executable =
            UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        File.SetUnixFileMode(PathOf(path), executable ? Readable | Executable : Readable);
    }

    public void Sparse(string path, long size)
    {
        using var file = Create(path);
        file.SetLength(size);
    }

    public void Link(string path, string target)
    {
        MakeParent(path);
        File.CreateSymbolicLink(PathOf(path), target);
    }

    public FileStream Create(string path)
    {
        MakeParent(path);
        return new FileStream(PathOf(path), FileMode.Create, FileAccess.ReadWrite);
    }

    private void MakeParent(string path) => System.IO.Directory.CreateDirectory(Path.GetDirectoryName(PathOf(path))!);
}
