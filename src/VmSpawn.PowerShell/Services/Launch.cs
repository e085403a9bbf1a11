using VmSpawn.Engine.Machines;
using VmSpawn.Engine.Planning;
using VmSpawn.Output;
using VmSpawn.Pipeline;

namespace VmSpawn.Services;

/// <summary>One start of a VM for <c>Start-VmSpawn</c>, alone or with the whole life that follows it.</summary>
/// <param name="engine">The engine.</param>
/// <param name="plan">What to start.</param>
/// <param name="quiet">True to report no progress.</param>
internal sealed class Launch(IEngineServices engine, LaunchPlan plan, bool quiet)
{
    /// <summary>Starts the VM.</summary>
    public async Task<MachineRecord> StartAsync(EngineContext context)
    {
        using var progress = quiet ? null : new StartProgressBar(context, plan.Name);
        return await engine.StartAsync(plan, progress, context.CancellationToken);
    }

    /// <summary>
    /// Starts the VM, shows its console, and returns when it has ended. Cancelling ends the VM: who stays with a VM
    /// takes it along.
    /// </summary>
    public async Task<MachineRecord> RunAsync(EngineContext context)
    {
        var record = await StartAsync(context);
        try
        {
            await new ConsoleView(engine, record.Name).ShowAsync(context);
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
}
