using System.Diagnostics;
using VmSpawn.Engine.Host;
using Xunit;

namespace VmSpawn.Engine.Tests.Host;

public sealed class LinuxHostFilesTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();
    private readonly LinuxHostFiles files = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public void Kinds_are_those_of_the_target_of_a_link()
    {
        directory.Write("file", "x");
        directory.Link("link", "file");
        directory.Link("dangling", "nothing");
        directory.Link("loop", "loop");

        Assert.Equal(FileKind.Regular, files.GetKind(directory.PathOf("file")));
        Assert.Equal(FileKind.Regular, files.GetKind(directory.PathOf("link")));
        Assert.Equal(FileKind.Directory, files.GetKind(directory.Root));
        Assert.Equal(FileKind.CharacterDevice, files.GetKind("/dev/null"));
        Assert.Equal(FileKind.Missing, files.GetKind(directory.PathOf("dangling")));
        Assert.Equal(FileKind.Missing, files.GetKind(directory.PathOf("loop")));
        Assert.Equal(FileKind.Missing, files.GetKind(directory.PathOf("file/below")));
        Assert.Equal(FileKind.Missing, files.GetKind(""));
        Assert.Equal(FileKind.Missing, files.GetKind("/a\0b"));
    }

    [Fact]
    public void A_pipe_is_other_and_is_refused_instead_of_blocking()
    {
        var pipe = directory.PathOf("pipe");
        Process.Start("mkfifo", [pipe]).WaitForExit();

        Assert.Equal(FileKind.Other, files.GetKind(pipe));
        Assert.Throws<IOException>(() => files.OpenRead(pipe));
    }

    [Fact]
    public void Opening_what_is_not_a_file_says_which_path_it_was()
    {
        Assert.Contains("absent", Assert.Throws<FileNotFoundException>(() => files.OpenRead("/absent")).Message);
        Assert.Contains(directory.Root, Assert.Throws<IOException>(() => files.OpenRead(directory.Root)).Message);
    }

    [Fact]
    public void Two_names_of_one_file_have_one_identity()
    {
        var file = directory.Write("file", "x");
        directory.Link("link", "file");

        Assert.NotNull(files.GetIdentity(file));
        Assert.Equal(files.GetIdentity(file), files.GetIdentity(directory.PathOf("link")));
        Assert.NotEqual(files.GetIdentity(file), files.GetIdentity(directory.Write("other", "x")));
        Assert.Null(files.GetIdentity("/absent"));
    }

    [Fact]
    public void Links_are_read_and_other_files_have_no_target()
    {
        Assert.Equal("some/where", files.ReadLink(directory.Link("link", "some/where")));
        Assert.Null(files.ReadLink(directory.Write("file", "x")));
        Assert.Null(files.ReadLink("/absent"));
    }

    [Fact]
    public void Content_length_and_names_are_those_of_the_file_system()
    {
        var file = directory.Write("a", "hello");
        directory.MakeDirectory("b");
        using var reader = new StreamReader(files.OpenRead(file));

        Assert.Equal("hello", reader.ReadToEnd());
        Assert.Equal(5, files.GetLength(file));
        Assert.Equal(["a", "b"], files.EnumerateNames(directory.Root).Order());
        Assert.Empty(files.EnumerateNames(file));
        Assert.Empty(files.EnumerateNames("/absent"));
        Assert.True(files.CanRead(file));
        Assert.False(files.CanRead("/absent"));
        Assert.False(files.CanWrite("/proc/version/x"));
    }
}
