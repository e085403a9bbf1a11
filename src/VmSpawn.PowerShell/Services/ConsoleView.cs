using System.Text;
using VmSpawn.Engine.Console;
using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Machines;
using VmSpawn.Pipeline;

namespace VmSpawn.Services;

/// <summary>Shows what a guest writes to its console until the VM ends or nobody wants to see more.</summary>
/// <param name="engine">The engine.</param>
/// <param name="machine">The VM.</param>
/// <param name="place">Where.</param>
internal sealed class ConsoleView(IEngineServices engine, MachineRecord machine, ConsolePlace place)
{
    private const int BufferSize = 16 * 1024;

    // All that the guest said since its start: at the first attach the log is shorter than this.
    private const int WholeHistory = 1024 * 1024;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();
    private readonly MountFailureWatch _mounts = new();
    private readonly List<string> _failures = [];

    /// <summary>Shows the console from the guest's first byte on.</summary>
    /// <returns>How it ended.</returns>
    public async Task<TerminalEnd> ShowAsync(EngineContext context)
    {
        if (!place.OwnsTerminal)
        {
            await FollowAsync(isShown: true, context);
            return TerminalEnd.ConsoleClosed;
        }

        using var over = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken);
        var watching = FollowAsync(isShown: false, context, over.Token);
        try
        {
            return await ShowOnTerminalAsync(machine.Summary.Background, WholeHistory, context);
        }
        finally
        {
            await over.CancelAsync();
            await watching.ContinueWith(_ => { }, TaskScheduler.Default);
            // Not before: the terminal is not the shell's while the console is on it.
            _failures.ForEach(context.Warning);
        }
    }

    /// <summary>
    /// Shows the console on the terminal. A reader that was cut off because the terminal stood still attaches again; what
    /// it missed is in the log.
    /// </summary>
    public async Task<TerminalEnd> ShowOnTerminalAsync(string? background, int history, EngineContext context)
    {
        while (true)
        {
            // Bars and messages of the shell's go before.
            await context.WrittenAsync();
            var request = place.ToRequest(machine.Name, background, history);
            TerminalEnd end;
            try
            {
                end = await engine.ShowConsoleAsync(machine.Name, request, context.CancellationToken);
            }
            catch (VmSpawnException e) when (e.ErrorId is "MachineEnded" or "MachineNotFound")
            {
                return TerminalEnd.ConsoleClosed;
            }

            if (end != TerminalEnd.ConsoleClosed || !await IsAliveAsync(context.CancellationToken))
            {
                return end;
            }

            history = 0;
        }
    }

    private async Task FollowAsync(bool isShown, EngineContext context, CancellationToken? limit = null)
    {
        var cancellation = limit ?? context.CancellationToken;
        var history = WholeHistory;
        do
        {
            try
            {
                await using var console = await engine.OpenConsoleAsync(machine.Name, history, cancellation);
                await CopyAsync(console, isShown, context, cancellation);
            }
            catch (Exception e) when (e is VmSpawnException or IOException)
            {
                // The VM may end at any moment. Its end is what is waited for, and its console is in the log.
                context.Verbose(e.Message);
                return;
            }

            history = 0;
        } while (await IsAliveAsync(cancellation));
    }

    private async Task<bool> IsAliveAsync(CancellationToken cancellation)
    {
        if (engine.Find(machine.Name)?.State is not (MachineState.Running or MachineState.Paused))
        {
            return false;
        }

        // The console closes a moment before the record says so.
        await Task.Delay(Pause, cancellation);
        return true;
    }

    private async Task CopyAsync(Stream console, bool isShown, EngineContext context, CancellationToken cancellation)
    {
        var bytes = new byte[BufferSize];
        var characters = new char[Encoding.UTF8.GetMaxCharCount(BufferSize)];
        int read;
        while ((read = await console.ReadAsync(bytes, cancellation)) > 0)
        {
            var length = _decoder.GetChars(bytes.AsSpan(0, read), characters, flush: false);
            var text = new string(characters, 0, length);
            if (isShown)
            {
                context.Console(text);
            }

            foreach (var failure in _mounts.Read(text))
            {
                Report(failure, isShown, context);
            }
        }
    }

    private void Report(string failure, bool atOnce, EngineContext context)
    {
        if (atOnce)
        {
            context.Warning(failure);
        }
        else
        {
            _failures.Add(failure);
        }
    }
}
