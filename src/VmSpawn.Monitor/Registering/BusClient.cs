using VmSpawn.Engine.Systemd;
using VmSpawn.Monitor.Starting;

namespace VmSpawn.Monitor.Registering;

/// <summary>Runs <c>busctl</c> beside everything else, for a bounded time.</summary>
internal sealed class BusClient(StartContext context)
{
    private const string Label = "busctl";

    /// <summary>Makes one call.</summary>
    /// <param name="argv">The command.</param>
    /// <param name="givenUp">Ends it early; it is gone when this returns.</param>
    /// <returns>What went wrong in the program's words, or <see langword="null"/> if nothing did.</returns>
    public async Task<string?> CallAsync(IReadOnlyList<string> argv, CancellationToken givenUp)
    {
        givenUp.ThrowIfCancellationRequested();
        using var process = context.Children.Start(Label, argv, [], context.Run.HelperLog(Label));
        try
        {
            var ended = await context.Loop.WaitAsync(process.Exited, BusCommand.Limit).WaitAsync(givenUp);
            if (!ended)
            {
                return $"{Label} did not end within {BusCommand.Limit.TotalSeconds} seconds.";
            }

            var exit = await process.Exited;
            return exit.IsSuccess ? null
                : await process.LastWordsAsync() is { Length: > 0 } words ? words
                : $"{Label} {exit}.";
        }
        finally
        {
            await process.EndAsync(TimeSpan.Zero);
        }
    }
}
