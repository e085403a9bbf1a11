using System.Text.Json;
using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Machines;
using VmSpawn.Engine.Supervision;
using VmSpawn.Monitor.Serving;
using VmSpawn.Monitor.Stopping;

namespace VmSpawn.Monitor;

/// <summary>What can be done to the VM from outside.</summary>
internal sealed class GuestControl(EventLoop loop, StateFile state, GuestState guest) : IControlTarget
{
    private static readonly TimeSpan StatusTime = TimeSpan.FromMilliseconds(500);

    private readonly TaskCompletionSource<string> endRequested = new();

    /// <summary>The guest's own manager.</summary>
    public required GuestManager Manager { get; init; }

    /// <summary>QEMU, once it answers.</summary>
    public RunningMachine? Machine { get; set; }

    /// <summary>Completes with the reason when somebody wants the VM to end without asking its guest.</summary>
    public Task<string> EndRequested => endRequested.Task;

    /// <inheritdoc/>
    public async Task<MachineRecord> GetStatusAsync()
    {
        if (Machine?.Qmp is { } qmp && !qmp.Closed.IsCompleted)
        {
            var answer = qmp.ExecuteAsync("query-status");
            if (await loop.WaitAsync(answer, StatusTime) && answer.IsCompletedSuccessfully)
            {
                guest.Handle(await answer);
            }
        }

        return state.Current;
    }

    /// <inheritdoc/>
    public async Task PowerDownAsync()
    {
        var machine = RequireMachine();
        if (state.Current.State == MachineState.Paused)
        {
            // A guest that stands still hears no button.
            await machine.ExecuteAsync("cont");
        }

        await machine.ExecuteAsync("system_powerdown");
        guest.BeginStopping();
    }

    /// <inheritdoc/>
    public async Task<bool> PowerOffAsync()
    {
        _ = RequireMachine();
        var agreed = await Manager.PowerOffAsync();
        if (agreed)
        {
            guest.BeginStopping();
        }

        return agreed;
    }

    /// <inheritdoc/>
    public void End(bool atOnce) => End(atOnce ? "host-kill" : "host-qmp-quit", atOnce);

    /// <summary>Ends the VM for a reason.</summary>
    public void End(string reason, bool atOnce)
    {
        if (atOnce)
        {
            // First: whoever waits for the request begins to end QEMU in its own way within the next line.
            Machine?.Qemu.Kill();
        }

        endRequested.TrySetResult(reason);
    }

    /// <inheritdoc/>
    public Task<JsonElement> ExecuteQmpAsync(JsonElement command)
    {
        if (
            command.ValueKind != JsonValueKind.Object
            || !command.TryGetProperty("execute", out var name)
            || name.ValueKind != JsonValueKind.String
        )
        {
            throw new VmSpawnException("InvalidRequest", VmErrorKind.InvalidArgument, "A QMP command has 'execute'.");
        }

        JsonElement? arguments = command.TryGetProperty("arguments", out var given) ? given : null;
        return RequireMachine().ExecuteAsync(name.GetString()!, arguments);
    }

    private RunningMachine RequireMachine() =>
        Machine
        ?? throw new VmSpawnException(
            "MachineNotRunning",
            VmErrorKind.Busy,
            $"The VM '{state.Current.Name}' is still being started."
        );
}
