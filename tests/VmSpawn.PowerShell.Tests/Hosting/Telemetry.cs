using System.Runtime.CompilerServices;

namespace VmSpawn.PowerShell.Tests.Hosting;

/// <summary>PowerShell's engine sends telemetry unless told not to before it loads.</summary>
internal static class Telemetry
{
    [ModuleInitializer]
    internal static void SwitchOff() => Environment.SetEnvironmentVariable("POWERSHELL_TELEMETRY_OPTOUT", "1");
}
