using VmSpawn.Engine.Systemd;

namespace VmSpawn.Output;

/// <summary>Turns the engine's view of a service into the object that is written to the pipeline.</summary>
internal static class VmServiceFactory
{
    /// <summary>A snapshot.</summary>
    public static VmService Create(ServiceState service) =>
        new()
        {
            Name = service.Name,
            Unit = service.Unit,
            Manager = service.Manager.ToString(),
            Path = service.Path,
            IsEnabled = service.IsEnabled,
            State = service.State,
        };
}
