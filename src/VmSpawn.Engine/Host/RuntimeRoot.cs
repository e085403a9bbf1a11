using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Native;

namespace VmSpawn.Engine.Host;

/// <summary>The directory that holds the run directories of this user's VMs.</summary>
public static class RuntimeRoot
{
    /// <summary>Environment variable that moves the directory elsewhere.</summary>
    public const string Variable = "VMSPAWN_RUNTIME_DIRECTORY";

    /// <summary>
    /// Where it is: <c>$VMSPAWN_RUNTIME_DIRECTORY</c>, else <c>/run/vmspawn</c> for root,
    /// <c>$XDG_RUNTIME_DIR/vmspawn</c>, else <c>/tmp/vmspawn-UID</c>. Nothing is created.
    /// </summary>
    /// <param name="environment">Looks up an environment variable.</param>
    /// <exception cref="InvalidValueException"><c>InvalidRuntimeDirectory</c>: the override is no absolute path.</exception>
    public static string Locate(Func<string, string?> environment)
    {
        var chosen = environment(Variable);
        if (!string.IsNullOrEmpty(chosen))
        {
            return Path.IsPathFullyQualified(chosen)
                ? Path.TrimEndingDirectorySeparator(chosen)
                : throw new InvalidValueException(
                    "InvalidRuntimeDirectory",
                    $"environment variable {Variable}",
                    chosen,
                    "it is not an absolute path",
                    "Give an absolute path, or unset the variable."
                );
        }

        if (UserIdentity.Real == 0)
        {
            return "/run/vmspawn";
        }

        var session = environment("XDG_RUNTIME_DIR");
        return !string.IsNullOrEmpty(session) && Path.IsPathFullyQualified(session)
            ? Path.Join(session, "vmspawn")
            : $"/tmp/vmspawn-{UserIdentity.Real}";
    }

    /// <summary>Creates the directory for its owner alone, or makes sure that an existing one is nobody else's.</summary>
    /// <exception cref="VmSpawnException"><c>RuntimeDirectoryUnsafe</c>: it is a link, no directory, another user's, or open to others;
    /// <c>RuntimeDirectoryNotCreated</c>: it cannot be made.</exception>
    public static void Create(string path)
    {
        try
        {
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new VmSpawnException(
                "RuntimeDirectoryNotCreated",
                VmErrorKind.PermissionDenied,
                $"The runtime directory '{path}' cannot be created: {e.Message}",
                path,
                $"Make its parent writable, or point {Variable} to a directory of your own.",
                e
            );
        }

        var fault = PathStatus.Read(path, followLinks: false, out var status) == 0 ? Fault(status) : "it vanished";
        if (fault is null)
        {
            return;
        }

        throw new VmSpawnException(
            "RuntimeDirectoryUnsafe",
            VmErrorKind.PermissionDenied,
            $"The runtime directory '{path}' cannot be trusted: {fault}.",
            path,
            $"Remove it or make it yours with mode 0700, or point {Variable} elsewhere."
        );
    }

    private static string? Fault(PathStatus status) =>
        status.Type != PathStatus.Directory ? "it is not a directory"
        : status.Owner != UserIdentity.Effective ? $"it belongs to user {status.Owner}"
        : (status.Mode & 0x12) != 0 ? "others may write to it" // 022
        : null;
}
