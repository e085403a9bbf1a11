namespace VmSpawn.Engine.Supervision;

/// <summary>The steps of a start, in their order.</summary>
public enum StartPhase
{
    /// <summary>The name and the images are being reserved.</summary>
    Reserving,

    /// <summary>Files of the run directory are being made.</summary>
    Preparing,

    /// <summary>Helper processes are being started.</summary>
    StartingHelpers,

    /// <summary>QEMU has been started and is expected to answer.</summary>
    WaitingForQemu,

    /// <summary>QEMU runs the guest.</summary>
    Running,
}
