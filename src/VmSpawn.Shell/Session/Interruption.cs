using System.Runtime.InteropServices;
using VmSpawn.Shell.Native;
using VmSpawn.Shell.Terminal;

namespace VmSpawn.Shell.Session;

/// <summary>
/// Turns Ctrl+C and the signals that end a session into a stop of the running command, so that it can undo what it did.
/// </summary>
internal sealed class Interruption : IDisposable
{
    // signal(7)
    private const int SigHup = 1;
    private const int SigInt = 2;
    private const int SigTerm = 15;

    /// <summary>A command that has not stopped by then is abandoned when the session must end.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Lock gate = new();
    private readonly TerminalWriter writer;
    private readonly List<PosixSignalRegistration> registrations = [];
    private readonly Stack<CommandGuard> commands = new();

    public Interruption(TerminalWriter writer)
    {
        this.writer = writer;
        registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGINT, context => OnInterrupt(context)));
        registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => OnEnd(context, SigTerm)));
        registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGHUP, context => OnEnd(context, SigHup)));
    }

    /// <summary>128 + the signal's number, as shells report it, once a signal has ended the session.</summary>
    public int? EndCode { get; private set; }

    /// <summary>128 + the signal's number: the exit code of a script that Ctrl+C stopped.</summary>
    public static int InterruptedCode => 128 + SigInt;

    /// <summary>True while an idle shell does not mind Ctrl+C: it waits at a prompt.</summary>
    public bool AtPrompt { get; set; }

    /// <summary>Enters a command that is about to run; disposing of the returned value leaves it.</summary>
    /// <param name="stop">Asks the command to stop, and does not wait for that.</param>
    public CommandGuard Enter(Action stop)
    {
        var guard = new CommandGuard(this, stop);
        lock (gate)
        {
            commands.Push(guard);
        }

        return guard;
    }

    /// <summary>Takes back <see cref="Enter"/>.</summary>
    public void Leave(CommandGuard guard)
    {
        lock (gate)
        {
            if (commands.Peek() == guard)
            {
                commands.Pop();
            }
        }
    }

    /// <summary>Cancelled when the running command is asked to stop; never, if none runs.</summary>
    public CancellationToken Token
    {
        get
        {
            lock (gate)
            {
                return commands.TryPeek(out var command) ? command.Token : CancellationToken.None;
            }
        }
    }

    /// <summary>Asks the running command to stop, as Ctrl+C does.</summary>
    public void Interrupt()
    {
        lock (gate)
        {
            if (commands.TryPeek(out var command) && !command.Interrupted)
            {
                command.Interrupt();
            }
        }
    }

    public void Dispose() => registrations.ForEach(registration => registration.Dispose());

    private void OnInterrupt(PosixSignalContext context)
    {
        context.Cancel = true;
        bool isStopping;
        bool isIdle;
        lock (gate)
        {
            isStopping = commands.TryPeek(out var command) && command.Interrupted;
            isIdle = commands.Count == 0;
        }

        if (isStopping)
        {
            writer.WriteError("Ended without waiting for the command to stop.");
        }

        if (isStopping || (isIdle && !AtPrompt))
        {
            Environment.Exit(InterruptedCode);
        }

        Interrupt();
        if (!ChildPrograms.ShareTerminal)
        {
            ChildPrograms.Send(SigInt);
        }
    }

    private void OnEnd(PosixSignalContext context, int signal)
    {
        context.Cancel = true;
        EndCode = 128 + signal;
        bool isIdle;
        lock (gate)
        {
            isIdle = commands.Count == 0;
        }

        if (isIdle)
        {
            Environment.Exit(128 + signal);
        }

        Interrupt();
        ChildPrograms.Send(signal);
        _ = Task.Delay(Patience).ContinueWith(_ => Environment.Exit(128 + signal), TaskScheduler.Default);
    }
}
