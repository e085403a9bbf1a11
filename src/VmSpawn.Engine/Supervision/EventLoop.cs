using VmSpawn.Engine.Native;

namespace VmSpawn.Engine.Supervision;

/// <summary>
/// One thread that waits for descriptors and times. Everything of a supervisor happens on it, awaits included, so
/// nothing in it needs a lock; and the processes it starts have one parent thread for their parent-death signal.
/// </summary>
internal sealed class EventLoop(TimeProvider time)
{
    private readonly List<LoopWatch> watches = [];
    private readonly List<LoopTimer> timers = [];
    private readonly Queue<Action> posted = [];
    private PollEntry[] entries = new PollEntry[16];
    private LoopWatch[] polled = new LoopWatch[16];

    /// <summary>The clock of timers and records.</summary>
    public TimeProvider Time { get; } = time;

    /// <summary>Told of an exception that a callback lets escape; without it, that ends <see cref="Run"/>.</summary>
    public Action<Exception>? OnFault { get; set; }

    /// <summary>Calls back whenever something of <paramref name="events"/> is so, or the peer hangs up.</summary>
    public LoopWatch Watch(FileDescriptor descriptor, PollEvents events, Action<PollEvents> ready)
    {
        var watch = new LoopWatch(this, descriptor, events, ready);
        watches.Add(watch);
        return watch;
    }

    /// <summary>Calls back once, after a time.</summary>
    public LoopTimer After(TimeSpan delay, Action due)
    {
        var timer = new LoopTimer(
            this,
            Time.GetTimestamp() + (long)(delay.TotalSeconds * Time.TimestampFrequency),
            due
        );
        timers.Add(timer);
        return timer;
    }

    /// <summary>Completes after a time.</summary>
    public Task DelayAsync(TimeSpan delay)
    {
        var passed = new TaskCompletionSource();
        After(delay, passed.SetResult);
        return passed.Task;
    }

    /// <summary>Lets everything else that is ready have its turn.</summary>
    public Task YieldAsync() => DelayAsync(TimeSpan.Zero);

    /// <summary>Waits for a task, but not for ever.</summary>
    /// <returns>True if the task has completed (in whichever way), false if the time ran out.</returns>
    public async Task<bool> WaitAsync(Task task, TimeSpan limit)
    {
        if (!task.IsCompleted)
        {
            var passed = new TaskCompletionSource();
            using var timer = After(limit, passed.SetResult);
            await Task.WhenAny(task, passed.Task);
        }

        return task.IsCompleted;
    }

    /// <summary>Runs until the task that <paramref name="main"/> starts has completed.</summary>
    public T Run<T>(Func<Task<T>> main)
    {
        var before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(new LoopContext(this));
        try
        {
            var task = main();
            while (!task.IsCompleted)
            {
                RunPosted();
                if (!task.IsCompleted)
                {
                    Turn();
                }
            }

            return task.GetAwaiter().GetResult();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }

    internal void Remove(LoopWatch watch) => watches.Remove(watch);

    internal void Remove(LoopTimer timer) => timers.Remove(timer);

    private void RunPosted()
    {
        while (posted.TryDequeue(out var action))
        {
            Guard(action);
        }
    }

    private void Guard(Action action)
    {
        try
        {
            action();
        }
        catch (Exception e) when (OnFault is not null)
        {
            OnFault(e);
        }
    }

    private void Turn()
    {
        var count = watches.Count;
        if (entries.Length < count)
        {
            Array.Resize(ref entries, count * 2);
            Array.Resize(ref polled, count * 2);
        }

        for (var i = 0; i < count; i++)
        {
            polled[i] = watches[i];
            entries[i] = new PollEntry { Descriptor = watches[i].Descriptor.Number, Requested = watches[i].Events };
        }

        if (Poller.Wait(entries.AsSpan(0, count), PollTimeout()) > 0)
        {
            for (var i = 0; i < count; i++)
            {
                // An earlier callback of this turn may have ended a later watch, whose number may be reused already.
                if (entries[i].Returned != PollEvents.None && !polled[i].IsDisposed)
                {
                    var (watch, returned) = (polled[i], entries[i].Returned);
                    Guard(() => watch.Ready(returned));
                }
            }
        }

        Array.Clear(polled, 0, count);
        FireTimers();
    }

    private int PollTimeout()
    {
        if (posted.Count > 0)
        {
            return 0;
        }

        if (timers.Count == 0)
        {
            return -1;
        }

        var next = long.MaxValue;
        foreach (var timer in timers)
        {
            next = Math.Min(next, timer.Due);
        }

        var ticks = Math.Max(0, next - Time.GetTimestamp());
        return (int)Math.Min(int.MaxValue, Math.Ceiling(ticks * 1000.0 / Time.TimestampFrequency));
    }

    private void FireTimers()
    {
        var now = Time.GetTimestamp();
        for (var i = 0; i < timers.Count; )
        {
            if (timers[i].Due > now)
            {
                i++;
                continue;
            }

            var timer = timers[i];
            timers.RemoveAt(i);
            Guard(timer.Fire);
            // What was called may have added and removed others.
            i = 0;
        }
    }

    private sealed class LoopContext(EventLoop loop) : SynchronizationContext
    {
        private readonly int thread = Environment.CurrentManagedThreadId;

        public override void Post(SendOrPostCallback d, object? state)
        {
            if (Environment.CurrentManagedThreadId != thread)
            {
                throw new InvalidOperationException("Only the thread of the loop may continue what runs on it.");
            }

            loop.posted.Enqueue(() => d(state));
        }

        public override void Send(SendOrPostCallback d, object? state) => d(state);
    }
}
