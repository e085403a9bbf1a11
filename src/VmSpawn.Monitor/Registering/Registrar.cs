using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Machines;
using VmSpawn.Engine.Planning;
using VmSpawn.Engine.Systemd;
using VmSpawn.Monitor.Starting;

namespace VmSpawn.Monitor.Registering;

/// <summary>Tells systemd on the host of the VM, and that it is gone.</summary>
/// <param name="context">The start.</param>
/// <param name="plan">What it is told.</param>
internal sealed class Registrar(StartContext context, PlannedRegistration plan)
{
    private const int ScopeAttempts = 5;

    private static readonly TimeSpan ScopeTime = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ScopeInterval = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan ScopeRetryInterval = TimeSpan.FromMilliseconds(100);

    private readonly BusClient client = new(context);
    private readonly BusCommand bus = new(plan.Busctl, plan.Manager);
    private bool isInScope;
    private bool isRegistered;

    /// <summary>Makes the scope and enters it. All that the supervisor starts from then on is in it, too.</summary>
    /// <exception cref="StartFailedException"><c>ScopeFailed</c>, if the VM is not to start without.</exception>
    public async Task EnterScopeAsync()
    {
        if (plan.Scope is not { } scope)
        {
            Note(ControlGroup.OfThisProcess()?.Unit, isRegistered: false);
            return;
        }

        if (await MakeScopeAsync(scope) is { } complaint)
        {
            Complain(
                scope.IsRequired,
                "ScopeFailed",
                $"The scope '{scope.Unit}' could not be made",
                complaint,
                "Look at the service manager's log (journalctl -b), or use -KeepUnit to do without a scope."
            );
            return;
        }

        isInScope = true;
        Note(scope.Unit, isRegistered: false);
    }

    /// <summary>Registers the VM.</summary>
    /// <param name="qemu">QEMU, in the VM's unit.</param>
    /// <exception cref="StartFailedException"><c>RegistrationFailed</c>, if the VM is not to start without.</exception>
    public async Task RegisterAsync(ChildProcess qemu)
    {
        if (plan.Machine is not { } machine)
        {
            return;
        }

        var complaint =
            plan.Scope is null || isInScope
                ? await RegisterAsync(machine, qemu.Identity.Id)
                : "It is in no unit of its own.";
        if (complaint is not null)
        {
            Complain(
                machine.IsRequired,
                "RegistrationFailed",
                $"The VM '{machine.Name}' could not be registered with systemd-machined",
                complaint,
                "See 'machinectl list' for who has the name, and 'journalctl -u systemd-machined'."
            );
            return;
        }

        isRegistered = true;
        Note(context.State.Current.Registration?.Unit, isRegistered: true);
    }

    /// <summary>
    /// Takes the VM out of the register, if it is known to be in there: else the name may be another's. Whoever cannot be
    /// reached any more has forgotten it, or will when the unit is empty.
    /// </summary>
    public async Task UnregisterAsync()
    {
        if (!isRegistered || plan.Machine is not { } machine)
        {
            return;
        }

        var outcome = await new VarlinkClient(context.Loop, machine.Socket).CallAsync(
            VarlinkMessage.Unregister(machine.Name),
            CancellationToken.None
        );
        if (!outcome.IsUnderstood)
        {
            await client.CallAsync(bus.Unregister(machine.Name), CancellationToken.None);
        }
    }

    private async Task<string?> MakeScopeAsync(PlannedScope scope)
    {
        var command = bus.StartScope(scope, [Environment.ProcessId]);
        string? complaint = null;
        for (var attempt = 0; attempt < ScopeAttempts; attempt++)
        {
            complaint = await client.CallAsync(command, context.GivenUp);
            // A plan that is used a second time: the first VM's scope may be on its way out.
            if (complaint is null || !complaint.Contains("already", StringComparison.Ordinal))
            {
                break;
            }

            await context.Loop.DelayAsync(ScopeRetryInterval);
        }

        // The call only queues a job. Being in the scope is what it is about.
        var deadline = context.Loop.DelayAsync(ScopeTime);
        while (complaint is null && ControlGroup.OfThisProcess()?.Unit != scope.Unit)
        {
            context.GivenUp.ThrowIfCancellationRequested();
            if (deadline.IsCompleted)
            {
                complaint =
                    $"The service manager has not put this process into it within {ScopeTime.TotalSeconds} seconds.";
            }

            await context.Loop.DelayAsync(ScopeInterval);
        }

        return complaint;
    }

    private async Task<string?> RegisterAsync(PlannedMachine machine, int leader)
    {
        if (!File.Exists(machine.Socket))
        {
            // machined is started on demand, and only then may there be a socket, which takes more than D-Bus does. Should
            // this fail, the call over D-Bus will say why.
            await client.CallAsync(bus.StartMachined(), context.GivenUp);
        }

        var outcome = await new VarlinkClient(context.Loop, machine.Socket).CallAsync(
            VarlinkMessage.Register(machine, leader),
            context.GivenUp
        );
        return outcome.IsUnderstood
            ? outcome.Complaint
            : await client.CallAsync(bus.Register(machine, leader), context.GivenUp);
    }

    private void Note(string? unit, bool isRegistered) =>
        context.State.Update(record =>
            record with
            {
                Registration = new MachineRegistration(plan.Manager, plan.Busctl, unit, isRegistered),
            }
        );

    private void Complain(bool isRequired, string errorId, string what, string words, string hint)
    {
        var message = $"{what}: {words.TrimEnd()}";
        if (isRequired)
        {
            throw new StartFailedException(errorId, context.Plan.Name, message, "", null, hint);
        }

        context.State.Update(record => record with { Warnings = record.Warnings.Add(message) });
    }
}
