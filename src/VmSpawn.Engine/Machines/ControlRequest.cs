using System.Text.Json;

namespace VmSpawn.Engine.Machines;

/// <summary>A line sent to a supervisor's control socket.</summary>
internal sealed record ControlRequest
{
    /// <summary>Answered with the record as it is at that moment.</summary>
    public const string Status = "status";

    /// <summary>Presses the power button.</summary>
    public const string PowerDown = "powerdown";

    /// <summary>Has the guest's own manager power the guest off, over SSH; answered when it has been asked.</summary>
    public const string PowerOff = "poweroff";

    /// <summary>The error where the guest's manager does not answer.</summary>
    public const string ManagerSilent = "GuestManagerSilent";

    /// <summary>The error where no way to the guest's manager is known.</summary>
    public const string ManagerNotReachable = "GuestManagerNotReachable";

    /// <summary>Ends QEMU in an orderly way, without asking the guest.</summary>
    public const string Quit = "quit";

    /// <summary>Ends QEMU at once.</summary>
    public const string Kill = "kill";

    /// <summary>Answered with the final record once the VM has ended and nothing of it is left.</summary>
    public const string Wait = "wait";

    /// <summary>From then on, every change of state and every QMP event is sent.</summary>
    public const string Subscribe = "subscribe";

    /// <summary>Passes <see cref="Command"/> on to QEMU and answers with what it returns.</summary>
    public const string Qmp = "qmp";

    /// <summary>What to do: one of the constants.</summary>
    public required string Execute { get; init; }

    /// <summary>Comes back with the answer.</summary>
    public JsonElement? Id { get; init; }

    /// <summary>The QMP command, as an object with <c>execute</c> and <c>arguments</c>.</summary>
    public JsonElement? Command { get; init; }
}
