using System.Runtime.InteropServices;
using VmSpawn.Shell.Terminal;

namespace VmSpawn.Shell.Session;

/// <summary>
/// Turns Ctrl+C and the signals that end a session into a stop of the running command, so that it can undo what it did.
/// </summary>
internal sealed class Interruption : IDisposable
{
    /// <summary>A command that has not stopped by then is abandoned when the session must end.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Lock gate = new();
    private readonly TerminalWriter writer;
    private readonly List<PosixSignalRegistration> registrations = [];
    private readonly Stack<Action> stops = new();
    private bool stopping;

    public Interruption(TerminalWriter writer)
    {
        this.writer = writer;
        registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGINT, context => OnInterrupt(context)));
        registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => OnEnd(context, 15)));
        registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGHUP, context => OnEnd(context, 1)));
    }

    /// <summary>128 + the signal's number, as shells report it, once a signal has ended the session.</summary>
    public int? EndCode { get; private set; }

    /// <summary>128 + SIGINT: the exit code of a script that Ctrl+C stopped.</summary>
    public static int InterruptedCode => 130;

    /// <summary>True if the running command was interrupted.</summary>
    public bool Interrupted { get; private set; }

    /// <summary>Makes <paramref name="stop"/> the answer to an interruption until the returned value is disposed of.</summary>
    public IDisposable Guard(Action stop)
    {
        lock (gate)
        {
            if (stops.Count == 0)
            {
                Interrupted = false;
                stopping = false;
            }

            stops.Push(stop);
        }

        return new Guarded(this);
    }

    /// <summary>Stops the running command, as Ctrl+C does.</summary>
    public void Interrupt()
    {
        lock (gate)
        {
            Interrupted = true;
            if (stopping || !stops.TryPeek(out var stop))
            {
                return;
            }

            stopping = true;
            stop();
        }
    }

    public void Dispose() => registrations.ForEach(registration => registration.Dispose());

    private void OnInterrupt(PosixSignalContext context)
    {
        context.Cancel = true;
        bool again;
        lock (gate)
        {
            again = stopping && stops.Count > 0;
        }

        if (again)
        {
            writer.WriteError("Ended without waiting for the command to stop.");
            Environment.Exit(InterruptedCode);
        }

        Interrupt();
    }

    private void OnEnd(PosixSignalContext context, int signal)
    {
        context.Cancel = true;
        EndCode = 128 + signal;
        bool idle;
        lock (gate)
        {
            idle = stops.Count == 0;
        }

        if (idle)
        {
            Environment.Exit(EndCode.Value);
        }

        Interrupt();
        _ = Task.Delay(Patience).ContinueWith(_ => Environment.Exit(128 + signal), TaskScheduler.Default);
    }

    private sealed class Guarded(Interruption interruption) : IDisposable
    {
        public void Dispose()
        {
            lock (interruption.gate)
            {
                interruption.stops.Pop();
            }
        }
    }
}
