using System.Text.Json;
using VmSpawn.Engine.Machines;
using VmSpawn.Engine.Qemu;

namespace VmSpawn.Monitor;

/// <summary>What QEMU's events and answers mean for the VM's record.</summary>
internal sealed class GuestState(StateFile state)
{
    /// <summary>Why the guest is ending, in QEMU's word (QMP event SHUTDOWN), or <see langword="null"/>.</summary>
    public string? EndReason { get; private set; }

    /// <summary>True if the guest has reported that its kernel panicked.</summary>
    public bool HasPanicked { get; private set; }

    /// <summary>Takes an event.</summary>
    public void Handle(QmpEvent change)
    {
        switch (change.Name)
        {
            case "STOP":
                Become(MachineState.Paused, from: MachineState.Running);
                break;
            case "RESUME":
                Become(MachineState.Running, from: MachineState.Paused);
                break;
            case "POWERDOWN":
                BeginStopping();
                break;
            case "RESET":
                // The guest answered the power button by starting again.
                Become(MachineState.Running, from: MachineState.Stopping);
                break;
            case "GUEST_PANICKED":
                HasPanicked = true;
                break;
            case "SHUTDOWN":
                EndReason = change.GetText("reason") ?? "unknown";
                state.Update(record => record with { State = MachineState.Stopping, EndReason = EndReason });
                break;
        }
    }

    /// <summary>Takes an answer to <c>query-status</c>.</summary>
    public void Handle(JsonElement status)
    {
        var isRunning = status.GetProperty("running").GetBoolean();
        if (isRunning)
        {
            Become(MachineState.Running, from: MachineState.Paused);
        }
        else
        {
            Become(MachineState.Paused, from: MachineState.Running);
        }
    }

    /// <summary>The guest was asked to shut down.</summary>
    public void BeginStopping()
    {
        if (state.Current.State is MachineState.Running or MachineState.Paused)
        {
            state.Update(record => record with { State = MachineState.Stopping });
        }
    }

    private void Become(MachineState to, MachineState from)
    {
        if (state.Current.State == from)
        {
            state.Update(record => record with { State = to });
        }
    }
}
