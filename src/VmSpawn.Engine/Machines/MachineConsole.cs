using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Console;
using VmSpawn.Engine.Errors;

namespace VmSpawn.Engine.Machines;

/// <summary>Reads and types on VMs' consoles, as data.</summary>
/// <param name="store">Where the VMs are recorded.</param>
/// <param name="time">The clock.</param>
public sealed class MachineConsole(MachineStore store, TimeProvider time)
{
    // A guest that reads its console takes what is typed at once.
    private static readonly TimeSpan TypingTime = TimeSpan.FromSeconds(10);

    private readonly MachineControl control = new(store);

    /// <summary>Reads a console from the earliest byte that is kept, also that of a VM that has ended.</summary>
    /// <param name="name">Name of the VM.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="VmSpawnException"><c>MachineNotFound</c>; <c>NoConsole</c>: it was started without one.</exception>
    public async Task<IConsoleReader> ReadAsync(string name, CancellationToken cancellationToken)
    {
        var record = FindWithConsole(name);
        if (record.State is not (MachineState.Stopped or MachineState.Failed))
        {
            try
            {
                var run = store.RunDirectoryOf(name);
                var request = new ConsoleRequest(ConsoleAccess.Read, int.MaxValue);
                var stream = await control.OpenConsoleAsync(name, request, cancellationToken);
                return new LiveConsoleReader(stream, run.ConsoleTimes, time);
            }
            catch (VmSpawnException e) when (e.ErrorId == "MachineEnded")
            {
                record = FindWithConsole(name);
            }
        }

        var kept = new RunDirectory(record.RunDirectory);
        return new KeptConsoleReader(kept.ConsoleLog, kept.ConsoleTimes);
    }

    /// <summary>Types on a console; returns when the guest's device has taken everything.</summary>
    /// <exception cref="VmSpawnException">
    /// <c>MachineNotFound</c>, <c>MachineEnded</c>, <c>NoConsole</c>, <c>ConsoleBusy</c>; <c>TypingTimedOut</c>: the guest does
    /// not read.
    /// </exception>
    public async Task TypeAsync(string name, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        FindWithConsole(name);
        using var deadline = new Deadline(TypingTime, cancellationToken);
        try
        {
            await using var stream = await control.OpenConsoleAsync(
                name,
                new ConsoleRequest(ConsoleAccess.Write, 0),
                deadline.Token
            );
            await stream.WriteAsync(bytes, deadline.Token);
            stream.EndTyping();
            _ = await stream.ReadAsync(new byte[1], deadline.Token);
        }
        catch (IOException)
        {
            throw MachineErrors.Ended(name);
        }
        catch (OperationCanceledException) when (deadline.HasPassed)
        {
            throw new VmSpawnException(
                "TypingTimedOut",
                VmErrorKind.Timeout,
                $"The guest of the VM '{name}' has not taken what was typed within {TypingTime.TotalSeconds} seconds.",
                name,
                "It does not read its console. Wait-VmConsole waits for a prompt."
            );
        }
    }

    private MachineRecord FindWithConsole(string name)
    {
        var record = store.Find(name) ?? throw MachineErrors.NotFound(name);
        return record.Summary.Console is ConsoleMode.Headless
            ? throw new VmSpawnException(
                "NoConsole",
                VmErrorKind.NotFound,
                $"The VM '{name}' has no console: it was started with -Console Headless.",
                name,
                "Start it with another -Console."
            )
            : record;
    }
}
