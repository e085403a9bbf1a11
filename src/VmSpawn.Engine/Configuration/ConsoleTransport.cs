namespace VmSpawn.Engine.Configuration;

/// <summary>The device behind the guest's console.</summary>
public enum ConsoleTransport
{
    /// <summary>A serial port: works from the first instruction on, also for firmware and boot loader.</summary>
    Serial,

    /// <summary>A virtio console, <c>/dev/hvc0</c>: faster, there as soon as the kernel has its driver.</summary>
    Virtio,
}
