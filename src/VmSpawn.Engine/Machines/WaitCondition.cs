namespace VmSpawn.Engine.Machines;

/// <summary>What a waiter waits for.</summary>
public enum WaitCondition
{
    /// <summary>The VM has ended and nothing of it runs any more.</summary>
    Exit,

    /// <summary>QEMU runs the guest.</summary>
    Running,

    /// <summary>The guest has said that it is ready.</summary>
    Ready,
}
