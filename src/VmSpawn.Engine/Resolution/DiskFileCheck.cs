using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Host;

namespace VmSpawn.Engine.Resolution;

/// <summary>Whether a file or block device can be a disk.</summary>
internal static class DiskFileCheck
{
    /// <summary>A regular file or a block device.</summary>
    /// <param name="files">The host's files.</param>
    /// <param name="path">Absolute path.</param>
    /// <param name="what">What it is, such as <c>Image</c>; begins the message and the error id.</param>
    /// <exception cref="VmSpawnException">It is missing, or something else.</exception>
    public static FileKind CheckKind(IHostFiles files, string path, string what)
    {
        HostFileCheck.Exists(files, path, what);
        var kind = files.GetKind(path);
        return kind switch
        {
            FileKind.Regular or FileKind.BlockDevice => kind,
            FileKind.Directory => throw new VmSpawnException(
                $"{what}IsDirectory",
                VmErrorKind.InvalidArgument,
                $"{HostFileCheck.Words(what)} '{path}' is a directory.",
                path,
                what == "Image" ? "Use -Directory to boot from a directory tree." : "Give the path of a file."
            ),
            _ => throw new VmSpawnException(
                $"{what}NotAFile",
                VmErrorKind.InvalidArgument,
                $"{HostFileCheck.Words(what)} '{path}' is neither a regular file nor a block device.",
                path,
                "Give the path of a file or of a block device."
            ),
        };
    }

    /// <summary>It can be opened as needed, holds something, and no other VM has it in a way that excludes this.</summary>
    /// <exception cref="VmSpawnException">It cannot, is empty, or is in use.</exception>
    public static void CheckAccess(IHostFiles files, string path, bool forWriting, string what)
    {
        if (!files.CanRead(path))
        {
            throw HostFileCheck.Denied(
                $"{what}NotReadable",
                $"{HostFileCheck.Words(what)} '{path}' cannot be read: permission denied.",
                path
            );
        }

        if (forWriting && !files.CanWrite(path))
        {
            throw HostFileCheck.Denied(
                $"{what}NotWritable",
                $"{HostFileCheck.Words(what)} '{path}' cannot be written: permission denied.",
                path
            );
        }

        if (files.GetLength(path) == 0)
        {
            throw new VmSpawnException(
                $"{what}Empty",
                VmErrorKind.InvalidData,
                $"{HostFileCheck.Words(what)} '{path}' is empty.",
                path,
                what == "NvramState" ? "Remove it: a new one is made then." : "Give a disk image with something on it."
            );
        }

        if (files.IsLockedByQemu(path, forWriting))
        {
            throw new VmSpawnException(
                $"{what}InUse",
                VmErrorKind.Busy,
                $"{HostFileCheck.Words(what)} '{path}' is in use by another VM.",
                path,
                "Stop that VM (Get-VmSpawn lists yours), or use a copy of the image."
            );
        }
    }
}
