using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Native;
using Xunit;

namespace VmSpawn.Engine.Tests.Native;

public sealed class DescriptorTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public void A_memory_file_cannot_be_changed()
    {
        using var file = MemoryFile.Create("sealed", "content"u8);

        Assert.Equal("content"u8.ToArray(), MemoryFile.Read(file));
        Assert.Equal(Errno.NotPermitted, Assert.Throws<SystemCallException>(() => file.WriteAll("x"u8)).ErrorNumber);
        Assert.Throws<SystemCallException>(() => file.SetLength(0));
    }

    [Fact]
    public void A_lock_belongs_to_the_open_file_and_ends_with_its_last_descriptor()
    {
        var path = directory.Write("lock", "");
        using var other = NativeFile.Open(path, NativeFile.ReadWrite);
        var first = NativeFile.Open(path, NativeFile.ReadWrite);
        Assert.True(FileLock.TryTake(first, exclusive: true));
        var heir = first.Duplicate();

        first.Dispose();
        Assert.False(FileLock.TryTake(other, exclusive: true));
        heir.Dispose();
        Assert.True(FileLock.TryTake(other, exclusive: true));
    }

    [Fact]
    public void Readers_share_a_lock_and_exclude_writers()
    {
        var path = directory.Write("lock", "");
        using var one = NativeFile.Open(path, NativeFile.ReadWrite);
        using var two = NativeFile.Open(path, NativeFile.ReadWrite);

        Assert.True(FileLock.TryTake(one, exclusive: false));
        Assert.True(FileLock.TryTake(two, exclusive: false));
        Assert.False(FileLock.TryTake(two, exclusive: true));
    }

    [Fact]
    public void A_replaced_file_is_old_or_new_but_never_half()
    {
        var path = directory.Write("state.json", "old");

        NativeFile.Replace(path, "new"u8);

        Assert.Equal("new", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFiles(directory.Root));
    }

    [Fact]
    public void A_socket_path_that_is_too_long_is_refused()
    {
        var path = directory.PathOf(new string('s', 120));

        Assert.Equal("SocketPathTooLong", Assert.Throws<VmSpawnException>(() => UnixSocket.Listen(path)).ErrorId);
    }

    [Fact]
    public void A_socket_that_listens_is_known_from_one_that_is_only_there()
    {
        var path = directory.PathOf("s");
        Assert.False(ListeningSockets.Contains(path));

        var listener = UnixSocket.Listen(path);
        Assert.True(ListeningSockets.Contains(path));

        listener.Dispose();
        File.Delete(path);
        File.WriteAllText(path, "");
        Assert.False(ListeningSockets.Contains(path));
    }

    [Fact]
    public void A_closed_peer_is_an_end_and_never_a_signal()
    {
        var (ours, theirs) = UnixSocket.Pair();
        using (ours)
        {
            theirs.Dispose();

            Assert.Equal(UnixSocket.PeerGone, UnixSocket.Send(ours, "x"u8));
            Assert.Equal(0, UnixSocket.Receive(ours, new byte[1]));
        }
    }
}
