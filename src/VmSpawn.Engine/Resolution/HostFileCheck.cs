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
                throw Invalid($"{what}IsDirectory", $"{Words(what)} '{path}' is a directory, not a file.", path);
            case not FileKind.Regular:
                throw Invalid($"{what}NotAFile", $"{Words(what)} '{path}' is no regular file.", path);
        }

        if (!files.CanRead(path))
        {
            throw Denied($"{what}NotReadable", $"{Words(what)} '{path}' cannot be read: permission denied.", path);
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
                    $"{Words(what)} '{path}' does not exist.",
                    path,
                    "Check the path."
                );
            case FileKind.Inaccessible:
                throw Denied(
                    $"{what}NotReadable",
                    $"{Words(what)} '{path}' cannot be reached: permission denied.",
                    path
                );
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
                $"{Words(what)} '{path}' cannot be read: {e.Message}",
                path,
                "Check the file, its permissions and the disk it is on.",
                e
            );
        }
    }

    /// <summary>The directory that a file or directory is to be made in.</summary>
    /// <param name="files">The host's files.</param>
    /// <param name="path">What is to be made.</param>
    /// <param name="what">What it is, such as <c>TpmState</c>.</param>
    /// <exception cref="VmSpawnException">It is missing, no directory, or nothing may be made there.</exception>
    public static void CanBeMade(IHostFiles files, string path, string what)
    {
        var directory = Path.GetDirectoryName(path)!;
        switch (files.GetKind(directory))
        {
            case FileKind.Directory when files.CanWrite(directory):
                return;
            case FileKind.Directory or FileKind.Inaccessible:
                throw Denied(
                    $"{what}NotWritable",
                    $"{Words(what)} '{path}' cannot be made: the directory '{directory}' may not be written.",
                    path
                );
            default:
                throw new VmSpawnException(
                    $"{what}DirectoryNotFound",
                    VmErrorKind.NotFound,
                    $"{Words(what)} '{path}' cannot be made: there is no directory '{directory}'.",
                    path,
                    "Make the directory, or give another path."
                );
        }
    }

    /// <summary>What begins error ids, as it begins sentences.</summary>
    public static string Words(string what) =>
        what switch
        {
            "ExtraDrive" => "Extra drive",
            "NvramTemplate" => "NVRAM template",
            "NvramState" => "NVRAM state",
            "TpmState" => "TPM state",
            _ => what,
        };

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
