using VmSpawn.Engine.Errors;

namespace VmSpawn.Engine.Qemu;

/// <summary>QEMU refused a command, or is not there to take it.</summary>
/// <param name="errorId"><c>QmpCommandFailed</c>, <c>QmpClosed</c> or <c>QmpProtocolError</c>.</param>
/// <param name="command">The command.</param>
/// <param name="words">QEMU's own words, or ours.</param>
internal sealed class QmpException(string errorId, string? command, string words)
    : VmSpawnException(errorId, VmErrorKind.Failed, words, command)
{
    /// <summary>QEMU's error class, such as <c>CommandNotFound</c>, or <see langword="null"/>.</summary>
    public string? ErrorClass { get; init; }
}
