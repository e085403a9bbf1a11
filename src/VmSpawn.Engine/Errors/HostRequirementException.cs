namespace VmSpawn.Engine.Errors;

/// <summary>The host lacks a program, device or permission that was asked for or cannot be done without.</summary>
/// <param name="errorId">Stable identifier, such as <c>QemuNotFound</c>.</param>
/// <param name="requirement">What is missing, such as <c>qemu-system-x86_64</c> or <c>/dev/kvm</c>.</param>
/// <param name="message">What is missing and why it is needed.</param>
/// <param name="hint">The package or permission that mends it.</param>
public sealed class HostRequirementException(string errorId, string requirement, string message, string hint)
    : VmSpawnException(errorId, VmErrorKind.HostRequirement, message, requirement, hint)
{
    /// <summary>What is missing.</summary>
    public string Requirement { get; } = requirement;
}
