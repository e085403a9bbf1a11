using System.Collections.Immutable;
using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Console;
using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Machines;
using VmSpawn.Engine.Planning;
using VmSpawn.Output;
using VmSpawn.Pipeline;

namespace VmSpawn.Services;

/// <summary>One start of a VM for <c>Start-VmSpawn</c>, alone or with the whole life that follows it.</summary>
/// <param name="engine">The engine.</param>
/// <param name="plan">What to start.</param>
/// <param name="configuration">What the plan was made of; <see langword="null"/> if it cannot be made again.</param>
/// <param name="quiet">True to report no progress and no messages.</param>
internal sealed class Launch(IEngineServices engine, LaunchPlan plan, VmConfiguration? configuration, bool quiet)
{
    // So often another VM may be faster than we are.
    private const int MostAttempts = 16;

    /// <summary>Starts the VM; who starts it may go away then.</summary>
    public Task<MachineRecord> StartAsync(EngineContext context) => StartAsync(context, staysHere: false);

    private async Task<MachineRecord> StartAsync(EngineContext context, bool staysHere)
    {
        using var progress = quiet ? null : new StartProgressBar(context, plan.Name);
        var attempt = plan;
        var taken = ImmutableArray<uint>.Empty;
        while (true)
        {
            try
            {
                var record = await engine.StartAsync(
                    ForManager(attempt, staysHere),
                    progress,
                    context.CancellationToken
                );
                foreach (var warning in record.Warnings)
                {
                    context.Warning(warning);
                }

                return record;
            }
            catch (VmSpawnException e) when (e.ErrorId == "VsockCidBusy" && CanChooseAnother(attempt, taken.Length))
            {
                var cid = attempt.VsockClaim!.Cid;
                context.Verbose($"vsock: another CID (somebody else has taken {cid} meanwhile)");
                taken = taken.Add(cid);
                attempt = engine.Plan(
                    configuration! with
                    {
                        // One that is derived may be another each time.
                        Name = MachineName.Parse(plan.Name),
                        AvoidedVsockCids = taken,
                    }
                );
            }
        }
    }

    private bool CanChooseAnother(LaunchPlan attempt, int attempts) =>
        configuration is not null && attempt.VsockClaim is { IsAutomatic: true } && attempts < MostAttempts;

    // A process that does not stay is replaced by the supervisor as the service manager's main process.
    private static LaunchPlan ForManager(LaunchPlan plan, bool staysHere) =>
        plan.ServiceManager is { } manager
            ? plan with
            {
                ServiceManager = manager with { IsMainProcess = !staysHere },
            }
            : plan;

    /// <summary>
    /// Starts the VM, shows its console, and returns when it has ended. Cancelling ends the VM: who stays with a VM
    /// takes it along; leaving the console does so, too.
    /// </summary>
    public async Task<MachineRecord> RunAsync(ConsolePlace place, EngineContext context)
    {
        var record = await StartAsync(context, staysHere: true);
        try
        {
            if (!place.IsNowhere)
            {
                Announce(place, context);
                if (await ShowAsync(record, place, context) is TerminalEnd.Escaped or TerminalEnd.InputEnded)
                {
                    return await engine.StopAsync(
                        record.Name,
                        new StopRequest { TurnOff = true },
                        context.CancellationToken
                    );
                }
            }

            return await engine.WaitAsync(record.Name, WaitCondition.Exit, null, context.CancellationToken);
        }
        catch
        {
            await AbandonAsync(record);
            throw;
        }
    }

    /// <summary>Undoes a start whose VM nobody will hear of.</summary>
    public async Task AbandonAsync(MachineRecord record)
    {
        await engine.StopAsync(record.Name, new StopRequest { TurnOff = true }, CancellationToken.None);
        engine.Forget(record.Name);
    }

    private async Task<TerminalEnd> ShowAsync(MachineRecord record, ConsolePlace place, EngineContext context)
    {
        try
        {
            return await new ConsoleView(engine, record, place).ShowAsync(context);
        }
        catch (VmSpawnException e)
        {
            // Somebody else types already, or the terminal is gone. The VM is none the worse for it.
            context.Warning(e.Message);
            return TerminalEnd.Stopped;
        }
    }

    // The manual page's program says the same (the spec, section 8.9).
    private void Announce(ConsolePlace place, EngineContext context)
    {
        if (quiet || !place.OwnsTerminal)
        {
            return;
        }

        var source = plan.Summary.Image ?? plan.Summary.Directory ?? plan.Summary.Kernel ?? plan.Name;
        context.Information($"░ Spawning VM {plan.Name} on {source}.");
        if (place.Interactive)
        {
            context.Information(
                place.Mode is ConsoleMode.Native
                    ? "░ Press Ctrl-a x to kill VM."
                    : "░ Press Ctrl-] three times within 1s to kill VM."
            );
        }
    }
}
