using VmSpawn.Engine.Host;

namespace VmSpawn.Engine.Resolution;

/// <summary>What runs the guest's code.</summary>
/// <param name="Kvm">True for KVM, false for emulation.</param>
/// <param name="Passed">KVM's device as the service manager passed it, or <see langword="null"/>.</param>
public sealed record ResolvedAccelerator(bool Kvm, ActivationDescriptor? Passed = null);
