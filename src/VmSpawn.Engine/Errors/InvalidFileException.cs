namespace VmSpawn.Engine.Errors;

/// <summary>The bytes of a file are not what the file is taken for. The base message names the file and says what is wrong with it.</summary>
/// <param name="errorId">Stable identifier, such as <c>InvalidFirmwareDescriptor</c>.</param>
/// <param name="what">What the file is taken for, such as <c>Firmware descriptor</c>; begins the message.</param>
/// <param name="path">The file.</param>
/// <param name="reason">What is wrong, in a clause.</param>
/// <param name="hint">What to do, or <see langword="null"/>.</param>
public sealed class InvalidFileException(string errorId, string what, string path, string reason, string? hint = null)
    : VmSpawnException(errorId, VmErrorKind.InvalidData, $"{what} '{path}' is not valid: {reason}.", path, hint)
{
    /// <summary>The file.</summary>
    public string FilePath { get; } = path;

    /// <summary>What is wrong, in a clause.</summary>
    public string Reason { get; } = reason;
}
