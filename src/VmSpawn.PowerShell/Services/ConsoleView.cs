using System.Text;
using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Machines;
using VmSpawn.Pipeline;

namespace VmSpawn.Services;

/// <summary>Shows what a guest writes to its console, read-only, until the VM ends.</summary>
/// <param name="engine">The engine.</param>
/// <param name="name">Name of the VM.</param>
internal sealed class ConsoleView(IEngineServices engine, string name)
{
    private const int BufferSize = 16 * 1024;

    // All that the guest said since its start: at the first attach the log is shorter than this.
    private const int WholeHistory = 1024 * 1024;

    private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();

    /// <summary>
    /// Copies the console to the host. A reader that was cut off because the terminal stood still attaches again; what
    /// it missed is in the log.
    /// </summary>
    public async Task ShowAsync(EngineContext context)
    {
        var history = WholeHistory;
        while (await OpenAsync(history, context) is { } console)
        {
            await using (console)
            {
                await CopyAsync(console, context);
            }

            history = 0;
        }
    }

    /// <summary>The console, or <see langword="null"/> if the VM has ended or has none to show.</summary>
    private async Task<Stream?> OpenAsync(int history, EngineContext context)
    {
        try
        {
            return
                engine.Find(name)?.State is null or MachineState.Stopping or MachineState.Stopped or MachineState.Failed
                && history == 0
                ? null
                : await engine.OpenConsoleAsync(name, history, context.CancellationToken);
        }
        catch (VmSpawnException e)
        {
            // The VM may end at any moment; what it was waited for is its end, and its console is in the log.
            context.Verbose(e.Message);
            return null;
        }
    }

    private async Task CopyAsync(Stream console, EngineContext context)
    {
        var bytes = new byte[BufferSize];
        var characters = new char[Encoding.UTF8.GetMaxCharCount(BufferSize)];
        int read;
        while ((read = await console.ReadAsync(bytes, context.CancellationToken)) > 0)
        {
            var length = _decoder.GetChars(bytes.AsSpan(0, read), characters, flush: false);
            context.Console(new string(characters, 0, length));
        }
    }
}
