using VmSpawn.Engine.Errors;

namespace VmSpawn.Engine.Machines;

/// <summary>What is asked of a supervisor over one connection, and what it answers.</summary>
internal sealed class MachineConversation(ControlConnection connection)
{
    // A guest that is still booting has nobody who hears the power button; one that shuts down already ignores it.
    private const int TurnsBetweenPresses = 2;
    private static readonly TimeSpan AskInterval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan StartingInterval = TimeSpan.FromMilliseconds(100);

    /// <summary>Waits for the end.</summary>
    /// <returns>The final record, or <see langword="null"/> if the supervisor was killed.</returns>
    public async Task<MachineRecord?> WaitForEndAsync(CancellationToken cancellationToken)
    {
        await connection.TrySendAsync(ControlRequest.Wait, cancellationToken);
        return (await connection.ReceiveAsync(cancellationToken))?.Record;
    }

    /// <summary>Waits until QEMU runs the guest.</summary>
    /// <returns>The record, or <see langword="null"/> if the VM ended before.</returns>
    public Task<MachineRecord?> WaitForRunningAsync(CancellationToken cancellationToken) =>
        WaitForAsync(record => record.State is MachineState.Running, cancellationToken);

    /// <summary>Waits until the guest has said that it is ready.</summary>
    /// <returns>The record, or <see langword="null"/> if the VM ended before.</returns>
    /// <exception cref="VmSpawnException"><c>MachineCannotTellReady</c>.</exception>
    public Task<MachineRecord?> WaitForReadyAsync(CancellationToken cancellationToken) =>
        WaitForAsync(
            record =>
                record.Summary.NotifyTransport is "none"
                    ? throw MachineErrors.CannotTellReady(record.Name)
                    : record.Guest is { ReadyAt: not null, Shutdown: null }
                        && record.State is (MachineState.Running or MachineState.Paused),
            cancellationToken
        );

    /// <summary>Stops the VM.</summary>
    /// <returns>As <see cref="WaitForEndAsync"/>.</returns>
    /// <exception cref="VmSpawnException">QEMU refuses.</exception>
    public async Task<MachineRecord?> StopAsync(StopRequest request, CancellationToken cancellationToken)
    {
        if (!request.TurnOff)
        {
            var interval = request.Timeout / 2;
            return await PowerOffAsync(interval < AskInterval ? interval : AskInterval, cancellationToken);
        }

        await connection.TrySendAsync(ControlRequest.Quit, cancellationToken);
        _ = await connection.ReceiveAsync(cancellationToken);
        return await WaitForEndAsync(cancellationToken);
    }

    private async Task<MachineRecord?> WaitForAsync(
        Predicate<MachineRecord> condition,
        CancellationToken cancellationToken
    )
    {
        // In this order no change can fall between the two.
        await connection.TrySendAsync(ControlRequest.Subscribe, cancellationToken);
        await connection.TrySendAsync(ControlRequest.Status, cancellationToken);
        while (await connection.ReceiveAsync(cancellationToken) is { } reply)
        {
            if (reply.Record is { } record && condition(record))
            {
                return record;
            }
        }

        return null;
    }

    // Presses the power button until the guest has shut down; a guest that does not hear it is asked over SSH, too.
    private async Task<MachineRecord?> PowerOffAsync(TimeSpan interval, CancellationToken cancellationToken)
    {
        await connection.TrySendAsync(ControlRequest.Wait, cancellationToken);
        var next = connection.ReceiveAsync(cancellationToken);
        var isPressed = false;
        for (var turn = 0; ; turn++)
        {
            if (isPressed)
            {
                await connection.TrySendAsync(ControlRequest.PowerOff, cancellationToken);
            }

            if (!isPressed || turn % TurnsBetweenPresses == 0)
            {
                await connection.TrySendAsync(ControlRequest.PowerDown, cancellationToken);
                isPressed = true;
            }

            var pause = Task.Delay(interval, cancellationToken);
            while (await Task.WhenAny(next, pause) == next)
            {
                var reply = await next;
                if (reply is null or { Record: not null })
                {
                    return reply?.Record;
                }

                if (reply.Error is { ErrorId: "MachineNotRunning" })
                {
                    isPressed = false;
                    pause = Task.Delay(StartingInterval, cancellationToken);
                }
                else if (reply.Error is { } error && !IsPassing(error))
                {
                    throw new VmSpawnException(error.ErrorId, VmErrorKind.Failed, error.Message, hint: error.Hint);
                }

                next = connection.ReceiveAsync(cancellationToken);
            }

            await pause;
        }
    }

    // QEMU is ending already; or this guest cannot be asked, or not now.
    private static bool IsPassing(MachineFailure error) =>
        error.ErrorId is "QmpClosed" or ControlRequest.ManagerSilent or ControlRequest.ManagerNotReachable;
}
