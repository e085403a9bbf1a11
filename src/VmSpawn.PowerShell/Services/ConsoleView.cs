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

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();
    private readonly MountFailureWatch _mounts = new();

    /// <summary>
    /// Copies the console to the host. A reader that was cut off because the terminal stood still attaches again; what
    /// it missed is in the log.
    /// </summary>
    public async Task ShowAsync(EngineContext context)
    {
        var history = WholeHistory;
        do
        {
            try
            {
                await using var console = await engine.OpenConsoleAsync(name, history, context.CancellationToken);
                await CopyAsync(console, context);
            }
            catch (Exception e) when (e is VmSpawnException or IOException)
            {
                // The VM may end at any moment. Its end is what is waited for, and its console is in the log.
                context.Verbose(e.Message);
                return;
            }

            history = 0;
        } while (await IsAliveAsync(context));
    }

    private async Task<bool> IsAliveAsync(EngineContext context)
    {
        if (engine.Find(name)?.State is not (MachineState.Running or MachineState.Paused))
        {
            return false;
        }

        // The console closes a moment before the record says so.
        await Task.Delay(Pause, context.CancellationToken);
        return true;
    }

    private async Task CopyAsync(Stream console, EngineContext context)
    {
        var bytes = new byte[BufferSize];
        var characters = new char[Encoding.UTF8.GetMaxCharCount(BufferSize)];
        int read;
        while ((read = await console.ReadAsync(bytes, context.CancellationToken)) > 0)
        {
            var length = _decoder.GetChars(bytes.AsSpan(0, read), characters, flush: false);
            var text = new string(characters, 0, length);
            context.Console(text);
            foreach (var failure in _mounts.Read(text))
            {
                context.Warning(failure);
            }
        }
    }
}
