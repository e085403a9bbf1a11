using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Native;

namespace VmSpawn.Engine.Machines;

/// <summary>The directory that holds the run directories of one user's VMs.</summary>
public static class RuntimeRoot
{
    /// <summary>Environment variable that names another directory. Keep it short: socket paths end at 107 bytes.</summary>
    public const string OverrideVariable = "VMSPAWN_RUNTIME_DIRECTORY";

    private const int WritableByOthers = 0x12; // 022

    /// <summary>
    /// <see cref="OverrideVariable"/>; else <c>/run/vmspawn</c> for root, <c>$XDG_RUNTIME_DIR/vmspawn</c> for others, and
    /// <c>/tmp/vmspawn-UID</c> where that is unset. Touches nothing.
    /// </summary>
    public static string Locate() => Locate(Environment.GetEnvironmentVariable, LibC.geteuid());

    /// <summary>Makes the directory, mode 0700, if it is not there, and makes sure that it is ours alone.</summary>
    /// <exception cref="VmSpawnException"><c>RuntimeDirectoryUnusable</c> or <c>RuntimeDirectoryInsecure</c>.</exception>
    internal static void Prepare(string root)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(root) ?? "/");
            _ = NativeFile.MakeDirectory(root, NativeFile.PrivateDirectory);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SystemCallException)
        {
            throw new VmSpawnException(
                "RuntimeDirectoryUnusable",
                VmErrorKind.PermissionDenied,
                $"The runtime directory '{root}' cannot be made: {e.Message}",
                root,
                $"Set {OverrideVariable} to a directory of your own.",
                e
            );
        }

        Check(root);
    }

    /// <summary>
    /// Makes sure that nobody else can put anything into the directory. In <c>/tmp</c> another user may have made it first.
    /// </summary>
    /// <returns>False if it is not there.</returns>
    internal static bool Check(string root)
    {
        if (FileStatus.TryGet(root, followLink: false) is not { } status)
        {
            return false;
        }

        return status.IsDirectory && status.Owner == LibC.geteuid() && (status.Mode & WritableByOthers) == 0
            ? true
            : throw new VmSpawnException(
                "RuntimeDirectoryInsecure",
                VmErrorKind.PermissionDenied,
                $"The runtime directory '{root}' is not a directory that only you can write to.",
                root,
                $"Remove it, or make it yours with mode 0700, or set {OverrideVariable} to another directory."
            );
    }

    /// <summary>As <see cref="Locate()"/>, for given surroundings.</summary>
    /// <param name="environment">Looks up an environment variable.</param>
    /// <param name="userId">Effective user id.</param>
    internal static string Locate(Func<string, string?> environment, uint userId)
    {
        if (environment(OverrideVariable) is { Length: > 0 } named)
        {
            return Path.GetFullPath(named);
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
