using VmSpawn.Engine.Native;
using VmSpawn.Engine.Supervision;
using Xunit;

namespace VmSpawn.Engine.Tests.Supervision;

public sealed class EventLoopTests
{
    private readonly EventLoop loop = new(TimeProvider.System);

    [Fact]
    public void Everything_happens_on_one_thread()
    {
        var thread = Environment.CurrentManagedThreadId;
        var threads = new HashSet<int>();

        Run(async () =>
        {
            threads.Add(Environment.CurrentManagedThreadId);
            await loop.DelayAsync(TimeSpan.FromMilliseconds(1));
            threads.Add(Environment.CurrentManagedThreadId);
            await Task.WhenAll(loop.YieldAsync(), loop.DelayAsync(TimeSpan.FromMilliseconds(2)));
            threads.Add(Environment.CurrentManagedThreadId);
        });

        Assert.Equal([thread], threads);
    }

    [Fact]
    public void Timers_fire_in_the_order_of_their_times()
    {
        var fired = new List<int>();

        Run(async () =>
        {
            loop.After(TimeSpan.FromMilliseconds(20), () => fired.Add(20));
            loop.After(TimeSpan.FromMilliseconds(5), () => fired.Add(5));
            using (loop.After(TimeSpan.FromMilliseconds(10), () => fired.Add(10)))
            {
                await loop.YieldAsync();
            }

            await loop.DelayAsync(TimeSpan.FromMilliseconds(30));
        });

        Assert.Equal([5, 20], fired);
    }

    [Fact]
    public void A_descriptor_calls_back_until_its_watch_ends()
    {
        var (ours, theirs) = UnixSocket.Pair();
        using (ours)
        using (theirs)
        {
            var heard = new TaskCompletionSource<int>();
            LoopWatch? watch = null;
            watch = loop.Watch(
                ours,
                PollEvents.Readable,
                _ =>
                {
                    watch!.Dispose();
                    heard.SetResult(1);
                }
            );

            Run(async () =>
            {
                Assert.Equal(5, UnixSocket.Send(theirs, "hello"u8));
                await heard.Task;
                // Still unread; a watch that had not ended would be called again, and fail.
                await loop.DelayAsync(TimeSpan.FromMilliseconds(5));
            });
        }
    }

    [Fact]
    public void A_watch_that_another_ends_in_the_same_turn_is_not_called()
    {
        var (ours, theirs) = UnixSocket.Pair();
        using (ours)
        using (theirs)
        {
            var calls = 0;
            LoopWatch? first = null;
            LoopWatch? second = null;
            first = loop.Watch(ours, PollEvents.Readable, _ => End());
            second = loop.Watch(ours, PollEvents.Readable, _ => End());
            UnixSocket.Send(theirs, "x"u8);

            Run(() => loop.DelayAsync(TimeSpan.FromMilliseconds(5)));

            Assert.Equal(1, calls);

            void End()
            {
                calls++;
                first!.Dispose();
                second!.Dispose();
            }
        }
    }

    [Fact]
    public void Waiting_is_bounded()
    {
        Run(async () =>
        {
            Assert.False(await loop.WaitAsync(new TaskCompletionSource().Task, TimeSpan.FromMilliseconds(5)));
            Assert.True(await loop.WaitAsync(Task.FromException(new IOException()), TimeSpan.FromMilliseconds(5)));
        });
    }

    [Fact]
    public void A_callback_that_fails_is_told_of_and_the_loop_goes_on()
    {
        Exception? told = null;
        loop.OnFault = e => told = e;

        Run(async () =>
        {
            loop.After(TimeSpan.Zero, () => throw new IOException("deliberate"));
            await loop.DelayAsync(TimeSpan.FromMilliseconds(5));
        });

        Assert.Equal("deliberate", told!.Message);
    }

    [Fact]
    public void Without_anybody_to_tell_a_failing_callback_ends_the_loop()
    {
        Assert.Throws<IOException>(() =>
            Run(async () =>
            {
                loop.After(TimeSpan.Zero, () => throw new IOException("deliberate"));
                await new TaskCompletionSource().Task;
            })
        );
    }

    private void Run(Func<Task> body) =>
        loop.Run(async () =>
        {
            await body();
            return true;
        });
}
