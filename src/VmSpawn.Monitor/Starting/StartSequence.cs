using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Machines;
using VmSpawn.Engine.Planning;
using VmSpawn.Engine.Qemu;
using VmSpawn.Engine.Supervision;
using VmSpawn.Monitor.Notifications;
using VmSpawn.Monitor.Registering;
using VmSpawn.Monitor.Serving;

namespace VmSpawn.Monitor.Starting;

/// <summary>Carries out a launch plan, step by step, until QEMU answers.</summary>
/// <param name="context">What every step works with.</param>
/// <param name="inheritance">The descriptors passed on to QEMU.</param>
/// <param name="console">The console to connect.</param>
/// <param name="notifications">Gets the port that the guest's notifications come through, if there is one.</param>
/// <param name="onEvent">Told of QMP events.</param>
/// <param name="onStep">Told of each step.</param>
internal sealed class StartSequence(
    StartContext context,
    Inheritance inheritance,
    ConsoleServer console,
    NotificationIntake notifications,
    Action<QmpEvent> onEvent,
    Action<StartProgress> onStep
)
{
    // A start must fail within ten seconds at the worst. A QEMU that never answers has cost the three seconds of the
    // look at KVM before, and ending it takes its part, too.
    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan UnansweringEndTime = TimeSpan.FromMilliseconds(500);

    private readonly TaskCompletionSource<ChildProcess> helperEnded = new();
    private readonly List<Task> comingUp = [];
    private bool isAnswering;

    /// <summary>Completes when a helper has ended without which the VM cannot live.</summary>
    public Task<ChildProcess> HelperEnded => helperEnded.Task;

    private LaunchPlan Plan => context.Plan;

    /// <summary>Does everything.</summary>
    /// <returns>QEMU, answering.</returns>
    public async Task<RunningMachine> RunAsync()
    {
        var registrar = Plan.Registration is { } registration ? new Registrar(context, registration) : null;
        if (registrar is not null)
        {
            onStep(new StartProgress(StartPhase.Preparing, "Making the VM's unit"));
            await registrar.EnterScopeAsync();
            context.Undo.Push("unregister the VM", registrar.UnregisterAsync);
        }

        await MakeFilesAsync();
        await StartHelpersAsync();
        onStep(new StartProgress(StartPhase.WaitingForQemu, $"Starting {Path.GetFileName(Plan.QemuBinary)}"));
        context.GivenUp.ThrowIfCancellationRequested();
        var machine = StartQemu();
        context.Undo.Push("end QEMU", () => EndQemuAsync(machine));
        context.State.Update(record => record with { Qemu = machine.Qemu.Identity });
        await AwaitAnswerAsync(machine);
        if (registrar is not null)
        {
            await registrar.RegisterAsync(machine.Qemu);
        }

        return machine;
    }

    /// <summary>The end of a helper as a failure of the VM.</summary>
    public async Task<StartFailedException> DescribeHelperEndAsync(ChildProcess helper) =>
        StartFailures.HelperEnded(Plan.Name, helper, await helper.Exited, await helper.LastWordsAsync());

    private async Task MakeFilesAsync()
    {
        onStep(new StartProgress(StartPhase.Preparing, "Making files"));
        var maker = new FileMaker(context);
        foreach (var file in Plan.Files)
        {
            context.GivenUp.ThrowIfCancellationRequested();
            await maker.MakeAsync(file);
        }
    }

    private async Task StartHelpersAsync()
    {
        var starter = new HelperStarter(context, helper => helperEnded.TrySetResult(helper));
        foreach (var helper in Plan.Helpers)
        {
            context.GivenUp.ThrowIfCancellationRequested();
            onStep(new StartProgress(StartPhase.StartingHelpers, $"Starting {helper.Id}"));
            var start = starter.Begin(helper);
            if (
                helper
                is { ListenPath: not null, AwaitSocket: null }
                    or { ListenVsockPort: not null, AwaitSocket: null }
            )
            {
                // The socket is there; whoever connects to it waits for the helper. So it may come up beside QEMU.
                comingUp.Add(start);
            }
            else
            {
                await start;
            }
        }

        if (starter.Drains)
        {
            context.Undo.Push("let the helpers take what the guest has said", starter.DrainAsync);
        }
    }

    private RunningMachine StartQemu()
    {
        using var descriptors = new QemuDescriptors(Plan.Descriptors, inheritance.Passed);
        var process = context.Children.Start("QEMU", Plan.QemuArgv, descriptors.ForQemu, context.Run.QemuLog);
        if (descriptors.TakeConsole() is { } guest)
        {
            console.Connect(guest);
        }

        if (descriptors.TakeNotify() is { } port)
        {
            notifications.Connect(port);
        }

        var socket = descriptors.TakeQmp();
        return new RunningMachine(
            context.Loop,
            process,
            socket is null ? null : new QmpClient(context.Loop, socket, onEvent)
        );
    }

    private async Task AwaitAnswerAsync(RunningMachine machine)
    {
        var answer = AskAsync(machine);
        var helpers = Task.WhenAll(comingUp);
        await Task.WhenAny(helpers, machine.Qemu.Exited, HelperEnded).WaitAsync(context.GivenUp);
        if (helpers.IsFaulted)
        {
            await helpers;
        }

        var first = Task.WhenAny(answer, machine.Qemu.Exited, HelperEnded);
        var inTime = await context.Loop.WaitAsync(first, AnswerTime).WaitAsync(context.GivenUp);
        if (machine.Qemu.Exited.IsCompleted)
        {
            // It may have answered before it ended, which is a short life but a life; and the helper at whose end it
            // ended may be seen to end after it.
            await context.Loop.WaitAsync(answer, UnansweringEndTime);
            await context.Loop.YieldAsync();
        }

        if (answer.IsCompletedSuccessfully)
        {
            isAnswering = true;
            return;
        }

        if (HelperEnded.IsCompleted)
        {
            throw await DescribeHelperEndAsync(HelperEnded.Result);
        }

        // A connection that QEMU closes is the beginning of its end.
        if (
            machine.Qemu.Exited.IsCompleted
            || (inTime && await context.Loop.WaitAsync(machine.Qemu.Exited, UnansweringEndTime))
        )
        {
            throw StartFailures.QemuExited(
                Plan.Name,
                machine.Qemu.Exited.Result,
                await machine.Qemu.LastWordsAsync(),
                "before it had started the guest"
            );
        }

        throw StartFailures.QemuNotAnswering(
            Plan.Name,
            inTime ? answer.Exception?.InnerException?.Message : null,
            AnswerTime,
            await machine.Qemu.LastWordsAsync()
        );
    }

    private async Task AskAsync(RunningMachine machine)
    {
        if (machine.Qmp is null)
        {
            return;
        }

        await machine.Qmp.NegotiateAsync();
        var status = await machine.ExecuteAsync("query-status");
        var isRunning = status.GetProperty("running").GetBoolean();
        context.State.Update(record =>
            record with
            {
                State = isRunning ? MachineState.Running : MachineState.Paused,
                StartedAt = context.Loop.Time.GetUtcNow(),
            }
        );
    }

    private async Task EndQemuAsync(RunningMachine machine)
    {
        try
        {
            if (isAnswering)
            {
                await machine.EndAsync();
            }
            else
            {
                await machine.Qemu.EndAsync(UnansweringEndTime);
            }
        }
        finally
        {
            machine.Qmp?.Dispose();
            machine.Qemu.Dispose();
        }
    }
}
