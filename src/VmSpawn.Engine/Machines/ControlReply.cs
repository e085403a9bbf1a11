using System.Text.Json;

namespace VmSpawn.Engine.Machines;

/// <summary>A line from a supervisor's control socket: an answer, or a change that was subscribed to.</summary>
internal sealed record ControlReply
{
    /// <summary>The name of the event of a change of state; others have QEMU's names.</summary>
    public const string StateEvent = "STATE";

    /// <summary>The id of the request this answers.</summary>
    public JsonElement? Id { get; init; }

    /// <summary>The VM's record, where that is the answer or the news.</summary>
    public MachineRecord? Record { get; init; }

    /// <summary>What QEMU returned.</summary>
    public JsonElement? Return { get; init; }

    /// <summary>Why the request failed.</summary>
    public MachineFailure? Error { get; init; }

    /// <summary><see cref="StateEvent"/>, or the name of a QMP event.</summary>
    public string? Event { get; init; }

    /// <summary>The data of a QMP event.</summary>
    public JsonElement? Data { get; init; }
}
