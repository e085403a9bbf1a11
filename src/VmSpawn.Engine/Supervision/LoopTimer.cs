namespace VmSpawn.Engine.Supervision;

/// <summary>A call back at a time, unless disposed of before.</summary>
internal sealed class LoopTimer(EventLoop loop, long due, Action action) : IDisposable
{
    /// <summary>When, as a timestamp of the loop's clock.</summary>
    public long Due { get; } = due;

    /// <inheritdoc/>
    public void Dispose() => loop.Remove(this);

    internal void Fire() => action();
}
