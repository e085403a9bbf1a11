using System.Text.Json.Serialization;

namespace VmSpawn.Engine.Planning;

/// <summary>A descriptor that QEMU inherits under a number the plan fixes.</summary>
/// <param name="Number">Number in QEMU; 3 or more.</param>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(QmpDescriptor), "qmp")]
[JsonDerivedType(typeof(ConsoleDescriptor), "console")]
[JsonDerivedType(typeof(NotifyDescriptor), "notify")]
[JsonDerivedType(typeof(DeviceDescriptor), "device")]
[JsonDerivedType(typeof(PassedDescriptor), "passed")]
public abstract record PlannedDescriptor(int Number);

/// <summary>QEMU's end of the supervisor's QMP connection (one end of a socket pair).</summary>
/// <param name="Number">Number in QEMU.</param>
public sealed record QmpDescriptor(int Number) : PlannedDescriptor(Number);

/// <summary>QEMU's end of the console (one end of a socket pair); the supervisor logs and serves the other.</summary>
/// <param name="Number">Number in QEMU.</param>
public sealed record ConsoleDescriptor(int Number) : PlannedDescriptor(Number);

/// <summary>QEMU's end of the port that the guest's notifications come through (one end of a socket pair).</summary>
/// <param name="Number">Number in QEMU.</param>
public sealed record NotifyDescriptor(int Number) : PlannedDescriptor(Number);

/// <summary>A device node opened read-write by the supervisor and passed on.</summary>
/// <param name="Number">Number in QEMU.</param>
/// <param name="Path">Path of the device node.</param>
/// <param name="VsockCid">Guest CID to set on <c>/dev/vhost-vsock</c> before passing it, else <see langword="null"/>.</param>
public sealed record DeviceDescriptor(int Number, string Path, long? VsockCid = null) : PlannedDescriptor(Number);

/// <summary>A descriptor the starting process already holds (socket activation) and gives to the supervisor.</summary>
/// <param name="Number">Number in QEMU.</param>
/// <param name="SourceNumber">Number in the starting process.</param>
/// <param name="Name">Its name in <c>LISTEN_FDNAMES</c>.</param>
/// <param name="VsockCid">Guest CID to set on it if it is <c>/dev/vhost-vsock</c>, else <see langword="null"/>.</param>
public sealed record PassedDescriptor(int Number, int SourceNumber, string Name, long? VsockCid = null)
    : PlannedDescriptor(Number);
