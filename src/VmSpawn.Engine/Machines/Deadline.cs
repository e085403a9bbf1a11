namespace VmSpawn.Engine.Machines;

/// <summary>A token that is cancelled after a time, or with another token.</summary>
internal sealed class Deadline : IDisposable
{
    private readonly CancellationToken outer;
    private readonly CancellationTokenSource source;

    /// <summary>Begins to count.</summary>
    /// <param name="time">How long; <see langword="null"/> for ever.</param>
    /// <param name="outer">The other token.</param>
    public Deadline(TimeSpan? time, CancellationToken outer)
    {
        this.outer = outer;
        source = CancellationTokenSource.CreateLinkedTokenSource(outer);
        if (time is { } given)
        {
            source.CancelAfter(given);
        }
    }

    /// <summary>Cancelled by either.</summary>
    public CancellationToken Token => source.Token;

    /// <summary>True if it was the time that ran out.</summary>
    public bool HasPassed => source.IsCancellationRequested && !outer.IsCancellationRequested;

    /// <inheritdoc/>
    public void Dispose() => source.Dispose();
}
