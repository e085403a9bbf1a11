namespace VmSpawn.Engine.Machines;

/// <summary>Where a VM is in its life.</summary>
public enum MachineState
{
    /// <summary>Reserved; the supervisor is preparing it or waiting for QEMU.</summary>
    Starting,

    /// <summary>QEMU runs the guest.</summary>
    Running,

    /// <summary>The guest's CPUs are stopped.</summary>
    Paused,

    /// <summary>The guest was asked to shut down, or shut down and QEMU is ending.</summary>
    Stopping,

    /// <summary>Ended as it should: the guest shut down or the user stopped it.</summary>
    Stopped,

    /// <summary>Ended by a failure: of QEMU, a helper or the supervisor.</summary>
    Failed,
}
