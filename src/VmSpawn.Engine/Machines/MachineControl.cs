using VmSpawn.Engine.Console;
using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Native;

namespace VmSpawn.Engine.Machines;

/// <summary>Acts on living VMs through their supervisors.</summary>
/// <param name="store">Where the VMs are recorded.</param>
public sealed class MachineControl(MachineStore store)
{
    /// <summary>Bytes of earlier output an attached console gets first, unless told otherwise.</summary>
    public const int DefaultConsoleHistory = 64 * 1024;

    // Ending QEMU takes a supervisor 13 seconds at the very worst, one second more its clients.
    private static readonly TimeSpan TurnOffTime = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan ExitTime = TimeSpan.FromSeconds(2);

    /// <summary>Stops a VM; returns when nothing of it is left but its record. A VM that has ended is left as it is.</summary>
    /// <remarks>
    /// A guest that was asked and did not shut down in time has the end reason <c>host-qmp-quit</c>, or <c>host-kill</c>.
    /// </remarks>
    /// <exception cref="VmSpawnException"><c>MachineNotFound</c>.</exception>
    public async Task<MachineRecord> StopAsync(
        string name,
        StopRequest request,
        CancellationToken cancellationToken = default
    )
    {
        using var deadline = new Deadline(request.TurnOff ? TurnOffTime : request.Timeout, cancellationToken);
        try
        {
            return await EndedAsync(
                name,
                await TalkAsync(name, conversation => conversation.StopAsync(request, deadline.Token), deadline.Token),
                cancellationToken
            );
        }
        catch (OperationCanceledException) when (deadline.HasPassed && request.TurnOff)
        {
            return await EndedAsync(name, KillMonitor(name), cancellationToken);
        }
        catch (OperationCanceledException) when (deadline.HasPassed)
        {
            return await StopAsync(name, request with { TurnOff = true }, cancellationToken);
        }
    }

    /// <summary>Waits for a VM. A VM that has ended satisfies <see cref="WaitCondition.Exit"/> at once.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="condition">What to wait for.</param>
    /// <param name="timeout">How long at most; <see langword="null"/> for as long as it takes.</param>
    /// <param name="cancellationToken">Ends the waiting, not the VM.</param>
    /// <exception cref="VmSpawnException">
    /// <c>MachineNotFound</c>; <c>WaitTimedOut</c>; <c>MachineEnded</c>: it ended before it ran or was ready;
    /// <c>MachineCannotTellReady</c>.
    /// </exception>
    public async Task<MachineRecord> WaitAsync(
        string name,
        WaitCondition condition,
        TimeSpan? timeout = null,
        CancellationToken cancellationToken = default
    )
    {
        using var deadline = new Deadline(timeout, cancellationToken);
        try
        {
            if (condition == WaitCondition.Running)
            {
                var running = TalkAsync(name, talk => talk.WaitForRunningAsync(deadline.Token), deadline.Token);
                return await running ?? throw MachineErrors.Ended(name);
            }

            if (condition == WaitCondition.Ready)
            {
                var ready = TalkAsync(name, talk => talk.WaitForReadyAsync(deadline.Token), deadline.Token);
                return await ready
                    ?? throw MachineErrors.EndedBeforeReady(store.Find(name) ?? throw MachineErrors.NotFound(name));
            }

            var end = TalkAsync(name, talk => talk.WaitForEndAsync(deadline.Token), deadline.Token);
            return await EndedAsync(name, await end, cancellationToken);
        }
        catch (OperationCanceledException) when (deadline.HasPassed)
        {
            throw MachineErrors.WaitTimedOut(name, condition, timeout!.Value, store.Find(name));
        }
    }

    /// <summary>
    /// Attaches to a VM's console: the last part of its log first, then what the guest writes, until the VM ends
    /// (end of stream). A reader that falls megabytes behind is cut off rather than slowing the guest down.
    /// </summary>
    /// <param name="name">Name of the VM.</param>
    /// <param name="access">With <see cref="ConsoleAccess.ReadWrite"/>, what is written to the stream is typed.</param>
    /// <param name="history">How many bytes of earlier output come first; 0 or more.</param>
    /// <param name="cancellationToken">Gives up attaching.</param>
    /// <exception cref="VmSpawnException">
    /// <c>MachineNotFound</c>; <c>MachineEnded</c>; <c>ConsoleBusy</c>: somebody else may already type.
    /// </exception>
    public async Task<Stream> OpenConsoleAsync(
        string name,
        ConsoleAccess access = ConsoleAccess.Read,
        int history = DefaultConsoleHistory,
        CancellationToken cancellationToken = default
    ) => await OpenConsoleAsync(name, new ConsoleRequest(access, history), cancellationToken);

    /// <summary>As above.</summary>
    internal async Task<ConsoleStream> OpenConsoleAsync(
        string name,
        ConsoleRequest request,
        CancellationToken cancellationToken
    )
    {
        while (true)
        {
            var path = store.RunDirectoryOf(name).ConsoleSocket;
            if (await ConsoleStream.TryOpenAsync(path, request, cancellationToken) is { } stream)
            {
                return stream;
            }

            if (IsEnded(store.Find(name) ?? throw MachineErrors.NotFound(name)))
            {
                throw MachineErrors.Ended(name);
            }

            await Task.Delay(LookInterval, cancellationToken);
        }
    }

    private bool IsEnded(MachineRecord record) => record.RunDirectory != store.RunDirectoryOf(record.Name).Path;

    /// <summary>Talks to a VM's supervisor, again if that breaks off while the VM goes on.</summary>
    /// <returns>What came of it, or <see langword="null"/> if the VM has ended.</returns>
    private async Task<MachineRecord?> TalkAsync(
        string name,
        Func<MachineConversation, Task<MachineRecord?>> talk,
        CancellationToken cancellationToken
    )
    {
        while (true)
        {
            using var connection = ControlConnection.TryConnect(store.RunDirectoryOf(name));
            if (connection is not null && await talk(new MachineConversation(connection)) is { } outcome)
            {
                return outcome;
            }

            // The supervisor does not listen yet, or is just clearing up, or was killed, which looking clears up.
            if (IsEnded(store.Find(name) ?? throw MachineErrors.NotFound(name)))
            {
                return null;
            }

            await Task.Delay(LookInterval, cancellationToken);
        }
    }

    /// <summary>The final record, once also the supervisor is gone.</summary>
    /// <param name="name">Name of the VM.</param>
    /// <param name="final">What the supervisor said in the end, or <see langword="null"/> if it said nothing.</param>
    /// <param name="cancellationToken">Gives up.</param>
    private async Task<MachineRecord> EndedAsync(string name, MachineRecord? final, CancellationToken cancellationToken)
    {
        using var limit = new Deadline(ExitTime, cancellationToken);
        while (!limit.HasPassed && final?.Monitor is { IsAlive: true })
        {
            await Task.Delay(LookInterval, cancellationToken);
        }

        // A supervisor that was killed said nothing; looking clears up after it.
        return final ?? store.Find(name) ?? throw MachineErrors.NotFound(name);
    }

    // It does not answer: the kernel ends QEMU with it.
    private MachineRecord? KillMonitor(string name)
    {
        using var process = store.RunDirectoryOf(name).ReadState()?.Monitor?.Open();
        if (process is not null)
        {
            ProcessDescriptor.Send(process, Signal.Kill);
            _ = Poller.WaitReadable(process, (int)ExitTime.TotalMilliseconds);
        }

        return null;
    }
}
