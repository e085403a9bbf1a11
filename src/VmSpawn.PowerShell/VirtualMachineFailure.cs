namespace VmSpawn;

/// <summary>What went wrong with a virtual machine.</summary>
public sealed class VirtualMachineFailure
{
    internal VirtualMachineFailure() { }

    /// <summary>Stable identifier, such as <c>QemuExited</c>.</summary>
    public required string ErrorId { get; init; }

    /// <summary>What happened.</summary>
    public required string Message { get; init; }

    /// <summary>Last lines of the program that failed, or an empty string.</summary>
    public required string Output { get; init; }

    /// <summary>Its exit code, 128+N for signal N, or <see langword="null"/>.</summary>
    public int? ExitCode { get; init; }

    /// <summary>What can be done about it, or <see langword="null"/>.</summary>
    public string? Hint { get; init; }

    /// <summary>The message.</summary>
    public override string ToString() => Message;
}
