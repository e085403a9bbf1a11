using System.Text.Json;

namespace VmSpawn.Engine.Machines;

/// <summary>A line from a supervisor's control socket: an answer, or a change that was subscribed to.</summary>
internal sealed record ControlReply
{
    /// <summary>The name of the event of a change of state; others have QEMU's names.</summary>
    public const string StateEvent = "STATE";

    /// <summary>The guest has said that it is ready.</summary>
    public const string GuestReadyEvent = "GUEST_READY";

    /// <summary>The guest has said how it fares.</summary>
    public const string GuestStatusEvent = "GUEST_STATUS";

    /// <summary>A unit of the guest has become active.</summary>
    public const string GuestUnitActiveEvent = "GUEST_UNIT_ACTIVE";

    /// <summary>A unit of the guest is no longer active.</summary>
    public const string GuestUnitInactiveEvent = "GUEST_UNIT_INACTIVE";

    /// <summary>The guest has said what it is shutting down for.</summary>
    public const string GuestShutdownEvent = "GUEST_SHUTDOWN";

    /// <summary>The guest has reported an exit status.</summary>
    public const string GuestExitStatusEvent = "GUEST_EXIT_STATUS";

    /// <summary>The id of the request this answers.</summary>
    public JsonElement? Id { get; init; }

    /// <summary>The VM's record, where that is the answer or the news.</summary>
    public MachineRecord? Record { get; init; }

    /// <summary>What QEMU returned.</summary>
    public JsonElement? Return { get; init; }

    /// <summary>On a console socket: place of the first byte that follows, counted from the guest's first one.</summary>
    public long? ConsolePosition { get; init; }

    /// <summary>On a console socket: place behind the last byte that the guest has written so far.</summary>
    public long? ConsoleEnd { get; init; }

    /// <summary>Why the request failed.</summary>
    public MachineFailure? Error { get; init; }

    /// <summary>What the guest said, with an event of a guest.</summary>
    public string? Said { get; init; }

    /// <summary><see cref="StateEvent"/>, one of the guest's, or the name of a QMP event.</summary>
    public string? Event { get; init; }

    /// <summary>The data of a QMP event.</summary>
    public JsonElement? Data { get; init; }
}
