namespace VmSpawn.Shell.Terminal;

/// <summary>
/// Makes a read that blocks interruptible: it goes on in the background, and whoever reads next gets what it brings.
/// </summary>
/// <param name="read">The read.</param>
internal sealed class PendingRead<T>(Func<T> read)
{
    private Task<T>? pending;

    /// <summary>Waits for the next value.</summary>
    /// <exception cref="OperationCanceledException">The wait was ended first.</exception>
    public T Take(CancellationToken stop)
    {
        pending ??= Task.Factory.StartNew(read, stop, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        var current = pending;
        var value = current.WaitAsync(stop).GetAwaiter();
        try
        {
            return value.GetResult();
        }
        finally
        {
            if (current.IsCompleted)
            {
                pending = null;
            }
        }
    }
}
