namespace VmSpawn.PowerShell.Tests.Hosting;

/// <summary>Tells a test that the code under test has reached a point.</summary>
internal sealed class Gate
{
    // The test must not go on inside the code that it is about to stop.
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The point is reached.</summary>
    public void Open() => _reached.TrySetResult();

    /// <summary>Waits for the point, at most ten seconds.</summary>
    public Task Reached => _reached.Task.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);

    /// <summary>Opens the gate and stays until cancelled.</summary>
    public Task StayAsync(CancellationToken cancellationToken)
    {
        Open();
        return Task.Delay(Timeout.Infinite, cancellationToken);
    }
}
