namespace VmSpawn.Engine.Planning;

/// <summary>The service manager that is told how the VM fares (sd_notify(3)).</summary>
/// <param name="Socket">Path of its socket, or an abstract name after <c>@</c>.</param>
/// <param name="ReadyAtStart">True to be ready when QEMU runs, false when the guest says that it is.</param>
/// <param name="IsMainProcess">
/// True if the supervisor becomes the main process of the service, since the process that starts the VM goes away.
/// </param>
public sealed record PlannedServiceManager(string Socket, bool ReadyAtStart, bool IsMainProcess = false)
{
    /// <summary>Where it listens, and what for.</summary>
    public override string ToString() => ReadyAtStart ? $"{Socket}, ready at the start" : Socket;
}
