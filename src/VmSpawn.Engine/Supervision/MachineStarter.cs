using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Host;
using VmSpawn.Engine.Machines;
using VmSpawn.Engine.Planning;

namespace VmSpawn.Engine.Supervision;

/// <summary>Carries out launch plans: reserves what a VM needs and starts its supervisor.</summary>
/// <param name="store">Where the VM will be recorded.</param>
/// <param name="monitorPath">The supervisor's program; see <see cref="MonitorBinary.Locate()"/>.</param>
public sealed class MachineStarter(MachineStore store, string monitorPath)
{
    /// <summary>
    /// Starts the VM and returns once QEMU runs its guest. The VM does not depend on this process any more then.
    /// </summary>
    /// <param name="plan">What to start. Its run directory must be the store's for that name.</param>
    /// <param name="progress">Told of each step, on any thread; may be <see langword="null"/>.</param>
    /// <param name="cancellationToken">Undoes everything that was done before the task ends.</param>
    /// <returns>The VM's record in the state <see cref="MachineState.Running"/> or <see cref="MachineState.Paused"/>.</returns>
    /// <exception cref="VmSpawnException">
    /// <c>MachineNameBusy</c>, <c>ImageBusy</c>, <c>VsockCidBusy</c>, <c>RuntimeDirectoryUnsafe</c>, <c>RuntimeDirectoryTooLong</c>,
    /// <c>MonitorFailed</c> and what the supervisor reports. Nothing is left of the VM then.
    /// </exception>
    /// <exception cref="StartFailedException">
    /// <c>QemuExited</c>, <c>QemuNotAnswering</c>, <c>HelperFailed</c>: with the words of the program that failed.
    /// </exception>
    /// <exception cref="OperationCanceledException">It was cancelled; nothing is left of the VM.</exception>
    public async Task<MachineRecord> StartAsync(
        LaunchPlan plan,
        IProgress<StartProgress>? progress = null,
        CancellationToken cancellationToken = default
    )
    {
        cancellationToken.ThrowIfCancellationRequested();
        CheckPlan(plan);
        PrivateDirectory.Create(store.Root);
        progress?.Report(new StartProgress(StartPhase.Reserving, $"Reserving the name {plan.Name}"));
        using var reservation = await StartReservation.TakeAsync(store, plan, cancellationToken);
        using var monitor = LaunchedMonitor.Start(monitorPath, plan, reservation.Locks);
        reservation.HandOver();
        // Cancelling also covers the moment between readiness and the commit, so there is no VM nobody knows of.
        await using var cancellation = cancellationToken.Register(monitor.Cancel);
        return await FollowAsync(plan, monitor, progress, cancellationToken);
    }

    private async Task<MachineRecord> FollowAsync(
        LaunchPlan plan,
        LaunchedMonitor monitor,
        IProgress<StartProgress>? progress,
        CancellationToken cancellationToken
    )
    {
        ReportMessage? last = null;
        while (await monitor.ReceiveAsync() is { } message)
        {
            if (message.Progress is { } step)
            {
                progress?.Report(step);
            }
            else if (message.Ready is { } record && !cancellationToken.IsCancellationRequested && monitor.TryCommit())
            {
                return record;
            }
            else
            {
                last = message;
            }
        }

        throw Failure(plan, monitor, last, cancellationToken);
    }

    // Only now, at the end of its messages, is the supervisor gone and its work undone.
    private Exception Failure(
        LaunchPlan plan,
        LaunchedMonitor monitor,
        ReportMessage? last,
        CancellationToken cancellationToken
    )
    {
        if (last is { IsCancelled: true })
        {
            return new OperationCanceledException("The start of the VM was cancelled.", cancellationToken);
        }

        if (last?.Failure is { } failure)
        {
            return last.FailureKind == VmErrorKind.Failed
                ? new StartFailedException(
                    failure.ErrorId,
                    plan.Name,
                    failure.Message,
                    failure.Output,
                    failure.ExitCode,
                    failure.Hint
                )
                : new VmSpawnException(failure.ErrorId, last.FailureKind, failure.Message, plan.Name, failure.Hint);
        }

        // It was killed, or crashed: whoever finds what it left clears it up, and that is us.
        store.SweepOrphan(plan.Name);
        var words = monitor.Words;
        return new StartFailedException(
            "MonitorFailed",
            plan.Name,
            $"The supervisor '{monitorPath}' ended before it had started the VM"
                + (words.Length == 0 ? "." : $": {words}"),
            words,
            null
        );
    }

    private void CheckPlan(LaunchPlan plan)
    {
        var run = store.RunDirectoryOf(plan.Name);
        if (run.Path != plan.RunDirectory)
        {
            throw new VmSpawnException(
                "RunDirectoryMismatch",
                VmErrorKind.ConflictingArguments,
                $"The plan's run directory '{plan.RunDirectory}' is not '{run.Path}', which this store would use.",
                plan.RunDirectory,
                "Make the plan for the same runtime directory."
            );
        }

        run.CheckLength();
    }
}
