using CsCheck;
using VmSpawn.Engine.Native;
using VmSpawn.Engine.Supervision;
using Xunit;

namespace VmSpawn.Engine.Tests.Supervision;

public sealed class SendQueueTests : IDisposable
{
    private readonly EventLoop loop = new(TimeProvider.System);
    private readonly FileDescriptor ours;
    private readonly FileDescriptor theirs;
    private readonly LoopWatch watch;

    public SendQueueTests()
    {
        (ours, theirs) = UnixSocket.Pair();
        watch = loop.Watch(ours, PollEvents.Readable, _ => { });
    }

    public void Dispose()
    {
        watch.Dispose();
        ours.Dispose();
        theirs.Dispose();
    }

    [Fact]
    public void What_the_socket_takes_is_not_held()
    {
        var queue = new SendQueue(watch, 100);

        Assert.True(queue.Send("hello"u8));

        Assert.Equal(0, queue.Count);
        Assert.Equal(PollEvents.Readable, watch.Events);
    }

    [Fact]
    public void What_it_does_not_take_is_held_up_to_the_limit()
    {
        var queue = new SendQueue(watch, 100_000);
        FillSocket();

        Assert.True(queue.Send(new byte[60_000]));
        Assert.Equal(60_000, queue.Count);
        Assert.True(watch.Events.HasFlag(PollEvents.Writable));
        Assert.False(queue.Send(new byte[60_000]));
    }

    [Fact]
    public void A_peer_that_is_gone_is_noticed()
    {
        var queue = new SendQueue(watch, 100);
        theirs.Dispose();

        Assert.False(queue.Send("hello"u8));
    }

    [Fact]
    public void Everything_arrives_in_order() =>
        Gen.Int[1, 200_000]
            .List[1, 8]
            .Sample(
                sizes =>
                {
                    var queue = new SendQueue(watch, int.MaxValue / 4);
                    var next = 0;
                    var expected = 0;
                    foreach (var size in sizes)
                    {
                        Assert.True(queue.Send(Enumerable.Range(0, size).Select(_ => (byte)next++).ToArray()));
                    }

                    while (expected < next)
                    {
                        var buffer = new byte[50_000];
                        var count = UnixSocket.Receive(theirs, buffer);
                        for (var i = 0; i < count; i++)
                        {
                            Assert.Equal((byte)expected++, buffer[i]);
                        }

                        Assert.True(queue.Flush());
                    }

                    Assert.Equal(0, queue.Count);
                },
                iter: 20,
                threads: 1
            );

    private void FillSocket()
    {
        while (UnixSocket.Send(ours, new byte[4096]) != UnixSocket.NotNow) { }
    }
}
