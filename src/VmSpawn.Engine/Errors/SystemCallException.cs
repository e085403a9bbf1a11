using System.Runtime.InteropServices;

namespace VmSpawn.Engine.Errors;

/// <summary>The kernel refused something that should have worked. Has the id <c>SystemCallFailed</c>.</summary>
/// <param name="action">What was tried, in a clause such as <c>open '/dev/kvm'</c>.</param>
/// <param name="errorNumber">The error number, errno(3).</param>
/// <param name="target">The path or value it was tried with, or <see langword="null"/>.</param>
public sealed class SystemCallException(string action, int errorNumber, object? target = null)
    : VmSpawnException(
        "SystemCallFailed",
        errorNumber is 1 or 13 ? VmErrorKind.PermissionDenied : VmErrorKind.Failed,
        $"Cannot {action}: {Marshal.GetPInvokeErrorMessage(errorNumber)}.",
        target
    )
{
    /// <summary>The error number, errno(3).</summary>
    public int ErrorNumber { get; } = errorNumber;

    /// <summary>The error of the last native call on this thread.</summary>
    internal static SystemCallException Last(string action, object? target = null) =>
        new(action, Marshal.GetLastPInvokeError(), target);
}
