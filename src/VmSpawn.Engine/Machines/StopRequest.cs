namespace VmSpawn.Engine.Machines;

/// <summary>How a VM is to be stopped.</summary>
public sealed record StopRequest
{
    /// <summary>
    /// False asks the guest to shut down: by the power button, then through its own manager over SSH where there is a way;
    /// and ends QEMU if it has not in time. True ends QEMU at once, as pulling the plug does.
    /// </summary>
    public bool TurnOff { get; init; }

    /// <summary>
    /// How long the guest may take to shut down before it is ended like that. 60 seconds by default: systemd gives services up to 90, but a VM
    /// without anything that hears the button should not be waited for much longer than a person would.
    /// </summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(60);
}
