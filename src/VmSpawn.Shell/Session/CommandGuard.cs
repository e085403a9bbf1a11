namespace VmSpawn.Shell.Session;

/// <summary>Stands for a running command towards <see cref="Interruption"/>.</summary>
/// <param name="interruption">Where it is entered.</param>
/// <param name="stop">Asks the command to stop, and does not wait for that.</param>
internal sealed class CommandGuard(Interruption interruption, Action stop) : IDisposable
{
    private readonly CancellationTokenSource source = new();

    /// <summary>True once the command was asked to stop.</summary>
    public bool Interrupted => source.IsCancellationRequested;

    /// <summary>Ends a wait for an answer when the command is asked to stop.</summary>
    public CancellationToken Token => source.Token;

    /// <summary>Asks the command to stop.</summary>
    public void Interrupt()
    {
        source.Cancel();
        stop();
    }

    /// <summary>The command has ended.</summary>
    public void Dispose()
    {
        interruption.Leave(this);
        source.Dispose();
    }
}
