using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Host;

namespace VmSpawn.Engine.Resolution;

/// <summary>Looks at a file the user named before QEMU does, so that the error is one clear sentence.</summary>
internal static class HostFileCheck
{
    /// <summary>A file that is only read: a kernel, an initrd, a firmware file.</summary>
    /// <param name="files">The host's files.</param>
    /// <param name="path">Absolute path.</param>
    /// <param name="what">What it is, such as <c>Kernel</c>; begins the message and the error id.</param>
    /// <exception cref="VmSpawnException">It is missing, no file, unreadable or empty.</exception>
    public static void Readable(IHostFiles files, string path, string what)
    {
        Exists(files, path, what);
        switch (files.GetKind(path))
        {
            case FileKind.Directory:
                throw Invalid($"{what}IsDirectory", $"{what} '{path}' is a directory, not a file.", path);
            case not FileKind.Regular:
                throw Invalid($"{what}NotAFile", $"{what} '{path}' is no regular file.", path);
        }

        if (!files.CanRead(path))
        {
            throw Denied($"{what}NotReadable", $"{what} '{path}' cannot be read: permission denied.", path);
        }
    }

    /// <summary>It can be seen at all.</summary>
    public static void Exists(IHostFiles files, string path, string what)
    {
        switch (files.GetKind(path))
        {
            case FileKind.Missing:
                throw new VmSpawnException(
                    $"{what}NotFound",
                    VmErrorKind.NotFound,
                    $"{what} '{path}' does not exist.",
                    path,
                    "Check the path."
                );
            case FileKind.Inaccessible:
                throw Denied($"{what}NotReadable", $"{what} '{path}' cannot be reached: permission denied.", path);
        }
    }

    /// <summary>Reads something of a file; what the system says against it becomes a typed error.</summary>
    /// <exception cref="VmSpawnException">It cannot be read.</exception>
    public static T Read<T>(string path, string what, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new VmSpawnException(
                $"{what}NotReadable",
                e is UnauthorizedAccessException ? VmErrorKind.PermissionDenied : VmErrorKind.Failed,
                $"{what} '{path}' cannot be read: {e.Message}",
                path,
                "Check the file, its permissions and the disk it is on.",
                e
            );
        }
    }

    public static VmSpawnException Denied(string errorId, string message, string path) =>
        new(
            errorId,
            VmErrorKind.PermissionDenied,
            message,
            path,
            "Check the permissions of the file and of the directories above it."
        );

    private static VmSpawnException Invalid(string errorId, string message, string path) =>
        new(errorId, VmErrorKind.InvalidArgument, message, path, "Give the path of a file.");
}
