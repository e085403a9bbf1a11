namespace VmSpawn.Services;

/// <summary>Holds the engine that the cmdlets of this process use.</summary>
internal static class EngineServices
{
    /// <summary>The engine.</summary>
    public static IEngineServices Current { get; set; } = new LocalEngine();
}
