using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Machines;
using VmSpawn.Engine.Native;

namespace VmSpawn.Engine.Host;

/// <summary>A directory that nobody but its owner can put anything into.</summary>
internal static class PrivateDirectory
{
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
                $"Make its parent writable, or point {RuntimeRoot.OverrideVariable} to a directory of your own.",
                e
            );
        }

        _ = Exists(path);
    }

    /// <summary>Makes sure that a directory, where there is one, is nobody else's.</summary>
    /// <returns>False if there is none.</returns>
    /// <exception cref="VmSpawnException"><c>RuntimeDirectoryUnsafe</c>.</exception>
    public static bool Exists(string path)
    {
        var error = FileStatus.Read(path, followLink: false, out var status);
        if (error == Errno.NoEntry)
        {
            return false;
        }

        if ((error == 0 ? Fault(status) : "it cannot be looked at") is not { } fault)
        {
            return true;
        }

        throw new VmSpawnException(
            "RuntimeDirectoryUnsafe",
            VmErrorKind.PermissionDenied,
            $"The runtime directory '{path}' cannot be trusted: {fault}.",
            path,
            $"Remove it or make it yours with mode 0700, or point {RuntimeRoot.OverrideVariable} elsewhere."
        );
    }

    private static string? Fault(FileStatus status) =>
        !status.IsDirectory ? "it is not a directory"
        : status.Owner != UserIdentity.Effective ? $"it belongs to user {status.Owner}"
        : (status.Mode & 0x12) != 0 ? "others may write to it" // 022
        : null;
}
