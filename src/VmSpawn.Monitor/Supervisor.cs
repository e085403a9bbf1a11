using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Machines;
using VmSpawn.Engine.Native;
using VmSpawn.Engine.Planning;
using VmSpawn.Engine.Qemu;
using VmSpawn.Engine.Supervision;
using VmSpawn.Monitor.Notifications;
using VmSpawn.Monitor.Serving;
using VmSpawn.Monitor.Starting;
using VmSpawn.Monitor.Stopping;

namespace VmSpawn.Monitor;

/// <summary>The life of one VM: start, service, end; and on every way out everything is undone.</summary>
internal sealed class Supervisor : IDisposable
{
    // Why the VM ended, if a signal to the supervisor ended it.
    private const string SignalReason = "host-signal";

    private readonly EventLoop loop;
    private readonly Inheritance inheritance;
    private readonly ReportChannel report;
    private readonly RunDirectory run;
    private readonly EndedMachines ended;
    private readonly StateFile state;
    private readonly GuestState guest;
    private readonly GuestNotices notices;
    private readonly NotificationIntake notifications;
    private readonly GuestControl control;
    private readonly Children children;
    private readonly GuestManager guestManager;
    private readonly UndoStack undo = new();
    private readonly CancellationTokenSource givenUp = new();
    private readonly TaskCompletionSource<Exception> fault = new();
    private ControlServer? server;
    private ServiceManager? manager;
    private ConsoleServer? console;
    private Task? orderlyEnd;
    private bool isAccepted;

    public Supervisor(EventLoop loop, Inheritance inheritance, ReportChannel report, LaunchPlan plan)
    {
        (this.loop, this.inheritance, this.report) = (loop, inheritance, report);
        run = new RunDirectory(plan.RunDirectory);
        ended = new EndedMachines(Path.GetDirectoryName(plan.RunDirectory)!);
        state = new StateFile(run.State, FirstRecord(loop, plan));
        guest = new GuestState(state);
        notices = new GuestNotices(loop, state, change => server?.Publish(change), OnNotice);
        notifications = new NotificationIntake(loop, notices, state);
        children = new Children(loop);
        guestManager = new GuestManager(loop, children, plan.Ssh, plan.Name, run);
        control = new GuestControl(loop, state, guest) { Manager = guestManager };
    }

    /// <summary>Signals that the supervisor polls for: those that end the VM in an orderly way, and the end of a child.</summary>
    public static ReadOnlySpan<Signal> HandledSignals =>
        [Signal.Terminate, Signal.Interrupt, Signal.Hangup, Signal.WindowChange, Signal.Child];

    /// <summary>What a service manager that takes the supervisor for its service should see: the guest's exit status.</summary>
    public int ExitCode => state.Current.ExitStatus ?? 1;

    /// <summary>Lives the VM's life.</summary>
    public async Task RunAsync(LaunchPlan plan)
    {
        using var signals = SignalDescriptor.Open(HandledSignals);
        using var signalWatch = loop.Watch(signals, PollEvents.Readable, _ => OnSignal(signals));
        loop.OnFault = exception =>
        {
            fault.TrySetResult(exception);
            GiveUp();
        };
        _ = WatchVerdictAsync();
        try
        {
            var sequence = await StartAsync(plan);
            TrimMemory();
            TellServiceManager(plan);
            var end = await LiveAsync(sequence);
            notifications.Finish();
            state.Update(record => end.Apply(record, loop.Time));
            await FinishAsync(await undo.RunAsync());
        }
        catch (Exception failure) when (!isAccepted)
        {
            var left = await undo.RunAsync();
            ReportFailure(fault.Task.IsCompleted ? await fault.Task : failure, left);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        givenUp.Dispose();
        manager?.Dispose();
        server?.Dispose();
    }

    private static MachineRecord FirstRecord(EventLoop loop, LaunchPlan plan) =>
        new()
        {
            Name = plan.Name,
            Id = Guid.NewGuid(),
            State = MachineState.Starting,
            RunDirectory = plan.RunDirectory,
            Summary = plan.Summary,
            CreatedAt = loop.Time.GetUtcNow(),
            Monitor = ProcessIdentity.Of(Environment.ProcessId),
        };

    // A supervisor lives for weeks and does next to nothing; what the start needed goes back to the host.
    private static void TrimMemory() =>
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);

    private async Task<StartSequence> StartAsync(LaunchPlan plan)
    {
        undo.Push("give back the name and the images", ReleaseLocks);
        undo.Push("remove the run directory", run.Remove);
        undo.Push("keep what is kept of an ended VM", Keep);
        undo.Push("end what the VM's processes left behind", children.EndAdoptedAsync);
        state.Begin();
        NativeFile.Replace(run.Plan, LaunchPlanJson.SerializeRedacted(plan));
        undo.Push("end ssh", guestManager.CloseAsync);
        var shown = new ConsoleServer(loop, run.ConsoleSocket, run.ConsoleLog, run.ConsoleTimes);
        console = shown;
        undo.Push(
            "end the console",
            async () =>
            {
                using (shown)
                {
                    await shown.DrainAsync();
                }
            }
        );
        server = new ControlServer(loop, run.ControlSocket, control);
        undo.Push("take no more requests", server.Dispose);
        state.Changed = server.Publish;
        undo.Push("take no more notifications", notifications.Dispose);
        notifications.Open(plan.Notifications);
        var sequence = new StartSequence(
            new StartContext(loop, children, plan, run, undo, state, givenUp.Token),
            inheritance,
            shown,
            notifications,
            OnQmpEvent,
            step => report.Send(new ReportMessage { Progress = step })
        );
        control.Machine = await sequence.RunAsync();
        report.Send(new ReportMessage { Ready = state.Current });
        isAccepted = await report.Verdict.WaitAsync(givenUp.Token);
        givenUp.Token.ThrowIfCancellationRequested();
        return sequence;
    }

    private async Task<MachineEnd> LiveAsync(StartSequence sequence)
    {
        var machine = control.Machine!;
        try
        {
            await Task.WhenAny(machine.Qemu.Exited, control.EndRequested, sequence.HelperEnded, fault.Task);
            if (fault.Task.IsCompleted)
            {
                return new MachineEnd(null, Failures.Describe(await fault.Task));
            }

            if (control.EndRequested.IsCompleted)
            {
                await machine.EndAsync();
                return new MachineEnd(guest.EndReason ?? await control.EndRequested, null);
            }

            // Helpers that see QEMU's connection close may end before QEMU is seen to.
            if (
                sequence.HelperEnded.IsCompleted
                && guest.EndReason is null
                && !await loop.WaitAsync(machine.Qemu.Exited, TimeSpan.FromMilliseconds(200))
            )
            {
                var helper = await sequence.DescribeHelperEndAsync(await sequence.HelperEnded);
                await machine.EndAsync();
                return new MachineEnd(null, Failures.Describe(helper));
            }

            return await DescribeQemuEndAsync(machine);
        }
        catch (Exception e)
        {
            return new MachineEnd(guest.EndReason, Failures.Describe(e));
        }
    }

    private async Task<MachineEnd> DescribeQemuEndAsync(RunningMachine machine)
    {
        var exit = await machine.Qemu.Exited;
        await machine.AwaitLastEventsAsync();
        notifications.Finish();
        var words = await machine.Qemu.LastWordsAsync();
        if (!exit.IsSuccess && exit.Signal is null && notices.Report.ExitStatus is { } reported)
        {
            // The guest had come to its end; what QEMU then stumbled over does not change how that went.
            notices.Warn($"QEMU {exit} after the guest had reported the exit status {reported}.");
            return new MachineEnd(guest.EndReason, null);
        }

        if (!exit.IsSuccess)
        {
            var failure = StartFailures.QemuExited(state.Current.Name, exit, words, "while the VM was running");
            return new MachineEnd(guest.EndReason, Failures.Describe(failure));
        }

        return guest.HasPanicked
            ? new MachineEnd(
                guest.EndReason,
                new MachineFailure("GuestPanicked", "The guest's kernel panicked; see the console log.", words, null)
            )
            : new MachineEnd(guest.EndReason, null);
    }

    private void OnQmpEvent(QmpEvent change)
    {
        guest.Handle(change);
        server?.Publish(change);
        if (change.Name == "RESET")
        {
            notices.Reset();
        }
    }

    private void OnNotice(GuestReport before, GuestReport now)
    {
        manager?.Tell(before, now);
        if (now.Shutdown is "poweroff" or "halt" or "exit")
        {
            guest.BeginStopping();
        }
    }

    private void TellServiceManager(LaunchPlan plan)
    {
        if (plan.ServiceManager is { } planned && state.Current is { Qemu: { } qemu } record)
        {
            manager = new ServiceManager(loop, planned);
            manager.TellStarted(qemu.Id);
            manager.Tell(GuestReport.None, record.Guest ?? GuestReport.None);
        }
    }

    private void OnSignal(FileDescriptor signals)
    {
        while (SignalDescriptor.Read(signals) is { } signal)
        {
            if (signal == Signal.Child)
            {
                children.Reap();
                continue;
            }

            // Asked a second time, there is no more time for anything.
            if (orderlyEnd is null && !control.EndRequested.IsCompleted)
            {
                orderlyEnd = EndInOrderAsync();
            }
            else
            {
                control.End(SignalReason, atOnce: true);
            }
        }
    }

    private async Task EndInOrderAsync()
    {
        try
        {
            await new OrderlyEnd(loop, control, guestManager, () => console?.End ?? 0).RunAsync(SignalReason);
        }
        catch (Exception e)
        {
            fault.TrySetResult(e);
            control.End(SignalReason, atOnce: false);
        }
    }

    private async Task WatchVerdictAsync()
    {
        await Task.WhenAny(report.Verdict, control.EndRequested);
        if (!report.Verdict.IsCompleted || !await report.Verdict)
        {
            GiveUp();
        }
    }

    private void GiveUp()
    {
        if (!isAccepted)
        {
            givenUp.Cancel();
        }
    }

    private void Keep()
    {
        if (isAccepted)
        {
            var kept = ended.Keep(run, state.Current);
            state.Detach(kept);
        }
    }

    private void ReleaseLocks()
    {
        foreach (var claim in inheritance.Claims)
        {
            ClaimLock.Release(claim);
        }

        inheritance.NameLock.Dispose();
    }

    private async Task FinishAsync(IReadOnlyList<(string What, Exception Failure)> left)
    {
        if (left.Count > 0)
        {
            var failure = new MachineFailure("CleanupFailed", Describe(left), "", null);
            state.Detach(state.Current with { Failure = state.Current.Failure ?? failure });
            ended.Amend(state.Current);
        }

        manager?.TellEnd(ExitCode);
        if (server is not null)
        {
            await server.FinishAsync(state.Current);
        }
    }

    private void ReportFailure(Exception failure, IReadOnlyList<(string What, Exception Failure)> left)
    {
        if (failure is OperationCanceledException && report.Verdict is { IsCompletedSuccessfully: true, Result: false })
        {
            report.Send(new ReportMessage { IsCancelled = true });
            return;
        }

        if (failure is OperationCanceledException)
        {
            failure = new VmSpawnException(
                "StartInterrupted",
                VmErrorKind.Failed,
                $"The VM '{state.Current.Name}' was asked to end ({control.EndRequested.Result}) before it had started."
            );
        }

        var described = Failures.Describe(failure);
        if (left.Count > 0)
        {
            described = described with { Message = $"{described.Message} {Describe(left)}" };
        }

        report.Send(new ReportMessage { Failure = described, FailureKind = Failures.KindOf(failure) });
    }

    private static string Describe(IReadOnlyList<(string What, Exception Failure)> left) =>
        $"Not everything could be undone: {string.Join(" ", left.Select(one => $"{one.What}: {one.Failure.Message}"))}";
}
