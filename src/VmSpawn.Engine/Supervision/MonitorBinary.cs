using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using VmSpawn.Engine.Errors;

namespace VmSpawn.Engine.Supervision;

/// <summary>Where the supervisor's program is.</summary>
public static class MonitorBinary
{
    /// <summary>Environment variable that names another supervisor, for tests and for packagers.</summary>
    public const string OverrideVariable = "VMSPAWN_MONITOR";

    private const string FileName = "vmspawn-monitor";

    /// <summary>
    /// The supervisor beside this assembly, or in its folder of the process architecture (<c>linux-x64</c>,
    /// <c>linux-arm64</c>); <see cref="OverrideVariable"/> goes before both.
    /// </summary>
    /// <returns>Absolute path of an existing file.</returns>
    /// <exception cref="HostRequirementException"><c>MonitorNotFound</c>: it has not been built.</exception>
    public static string Locate()
    {
        var named = Environment.GetEnvironmentVariable(OverrideVariable);
        if (!string.IsNullOrEmpty(named))
        {
            return File.Exists(named)
                ? Path.GetFullPath(named)
                : throw NotFound($"{OverrideVariable} names '{named}', which is no file.", "Correct or unset it.");
        }

        return Locate(AssemblyDirectory());
    }

    /// <summary>The supervisor in or below one directory.</summary>
    internal static string Locate(string directory)
    {
        var architecture = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "linux-arm64" : "linux-x64";
        string[] candidates = [Path.Combine(directory, FileName), Path.Combine(directory, architecture, FileName)];
        return candidates.FirstOrDefault(File.Exists)
            ?? throw NotFound(
                $"The supervisor {FileName} is neither in '{directory}' nor in its folder {architecture}.",
                "Run './pwshw build.ps1 Build'; it says which package is missing where it cannot be built."
            );
    }

    [UnconditionalSuppressMessage(
        "SingleFile",
        "IL3000:Avoid accessing Assembly file path when publishing as a single file",
        Justification = "An empty location falls back to the base directory."
    )]
    private static string AssemblyDirectory()
    {
        var location = typeof(MonitorBinary).Assembly.Location;
        return location.Length == 0 ? AppContext.BaseDirectory : Path.GetDirectoryName(location)!;
    }

    private static HostRequirementException NotFound(string message, string hint) =>
        new("MonitorNotFound", FileName, message, hint);
}
