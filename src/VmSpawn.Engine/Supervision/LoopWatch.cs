using VmSpawn.Engine.Native;

namespace VmSpawn.Engine.Supervision;

/// <summary>A descriptor an <see cref="EventLoop"/> waits for, until disposed of. Does not own the descriptor.</summary>
internal sealed class LoopWatch(EventLoop loop, FileDescriptor descriptor, PollEvents events, Action<PollEvents> ready)
    : IDisposable
{
    /// <summary>What is waited for.</summary>
    public FileDescriptor Descriptor { get; } = descriptor;

    /// <summary>The conditions asked for; errors and hang-ups come regardless.</summary>
    public PollEvents Events { get; set; } = events;

    /// <summary>True once nothing is called back any more.</summary>
    public bool IsDisposed { get; private set; }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!IsDisposed)
        {
            IsDisposed = true;
            loop.Remove(this);
        }
    }

    internal void Ready(PollEvents returned) => ready(returned);
}
