using System.Runtime.CompilerServices;

namespace VmSpawn.Boot.Tests;

/// <summary>Files of this repository that are not part of the test program.</summary>
internal static class Repository
{
    public static string Root { get; } = Path.GetFullPath(Path.Join(Path.GetDirectoryName(Here()), "..", ".."));

    /// <summary>The supervisor, as <c>build.ps1 Build</c> leaves it; <c>VMSPAWN_MONITOR</c> names another.</summary>
    public static string Monitor()
    {
        string?[] candidates =
        [
            Environment.GetEnvironmentVariable(MonitorBinary.OverrideVariable),
            Path.Join(Root, "bin", "vmspawn-monitor"),
            Path.Join(Root, "bin", "linux-x64", "vmspawn-monitor"),
            Path.Join(Root, "bin", "linux-arm64", "vmspawn-monitor"),
        ];
        var found = candidates.FirstOrDefault(path => !string.IsNullOrEmpty(path) && File.Exists(path));
        Prerequisite.Require(found is not null, "vmspawn-monitor has not been built: run './pwshw build.ps1 Build'.");
        return found!;
    }

    private static string Here([CallerFilePath] string path = "") => path;
}
