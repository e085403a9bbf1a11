using VmSpawn.Engine.Host;

namespace VmSpawn.Engine.Resolution;

/// <summary>The VSOCK device.</summary>
/// <param name="Cid">The guest's context identifier.</param>
/// <param name="NotifyPort">Port of the host on which the guest's notifications arrive.</param>
/// <param name="Passed">The device as the service manager passed it, or <see langword="null"/> to open it.</param>
public sealed record ResolvedVsock(uint Cid, uint NotifyPort, ActivationDescriptor? Passed = null);
