using VmSpawn.Engine.Errors;

namespace VmSpawn.Monitor.Starting;

/// <summary>Runs a program that must succeed before the VM can start.</summary>
internal sealed class Preparation(StartContext context)
{
    /// <summary>Runs it to its end.</summary>
    /// <exception cref="StartFailedException"><c>HelperFailed</c>, with its words.</exception>
    public async Task RunAsync(string label, IReadOnlyList<string> argv, TimeSpan limit)
    {
        using var process = context.Children.Start(label, argv, [], context.Run.HelperLog(label));
        try
        {
            var ended = await context.Loop.WaitAsync(process.Exited, limit).WaitAsync(context.GivenUp);
            if (ended && process.Exited.Result.IsSuccess)
            {
                return;
            }

            throw new StartFailedException(
                "HelperFailed",
                context.Plan.Name,
                ended
                    ? $"'{string.Join(' ', argv)}' {process.Exited.Result}."
                    : $"'{string.Join(' ', argv)}' did not end within {limit.TotalSeconds} seconds.",
                await process.LastWordsAsync(),
                ended ? process.Exited.Result.ShellCode : null
            );
        }
        finally
        {
            await process.EndAsync(TimeSpan.Zero);
        }
    }
}
