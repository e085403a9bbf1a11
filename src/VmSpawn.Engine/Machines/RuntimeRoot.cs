using VmSpawn.Engine.Native;

namespace VmSpawn.Engine.Machines;

/// <summary>The directory that holds the run directories of one user's VMs.</summary>
public static class RuntimeRoot
{
    /// <summary>Environment variable that names another directory. Keep it short: socket paths end at 107 bytes.</summary>
    public const string OverrideVariable = "VMSPAWN_RUNTIME_DIRECTORY";

    /// <summary>
    /// <see cref="OverrideVariable"/>; else <c>/run/vmspawn</c> for root, <c>$XDG_RUNTIME_DIR/vmspawn</c> for others, and
    /// <c>/tmp/vmspawn-UID</c> where that is unset. Touches nothing.
    /// </summary>
    public static string Locate() => Locate(Environment.GetEnvironmentVariable, LibC.geteuid());

    /// <summary>As <see cref="Locate()"/>, for given surroundings.</summary>
    /// <param name="environment">Looks up an environment variable.</param>
    /// <param name="userId">Effective user id.</param>
    internal static string Locate(Func<string, string?> environment, uint userId)
    {
        if (environment(OverrideVariable) is { Length: > 0 } named)
        {
            return Path.TrimEndingDirectorySeparator(Path.GetFullPath(named));
        }

        if (userId == 0)
        {
            return "/run/vmspawn";
        }

        return environment("XDG_RUNTIME_DIR") is { Length: > 0 } directory && Path.IsPathRooted(directory)
            ? Path.Combine(directory, "vmspawn")
            : $"/tmp/vmspawn-{userId}";
    }
}
