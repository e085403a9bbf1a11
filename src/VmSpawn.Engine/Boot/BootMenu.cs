using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Host;
using VmSpawn.Engine.Resolution;

namespace VmSpawn.Engine.Boot;

/// <summary>The boot entries of a directory tree or disk image, and the one of them that is booted if nobody chooses.</summary>
/// <param name="List">The entries.</param>
/// <param name="Default">That one, for a guest of the host's architecture if there is any; <see langword="null"/> if none can be used.</param>
public sealed record BootMenu(BootEntryList List, BootEntry? Default)
{
    /// <summary>Reads the menu of a directory tree, raw disk image or block device.</summary>
    /// <exception cref="VmSpawnException">
    /// <c>BootSourceNotFound</c>, <c>BootSourceNotReadable</c>, <c>BootSourceNotSupported</c> or
    /// <c>BootDirectoryNotFound</c>; and what reading the entries throws.
    /// </exception>
    public static BootMenu Read(IHost host, string path)
    {
        var list = ReadList(host.Files, path);
        if (list.Entries.IsEmpty)
        {
            // As with the tree of a distribution whose own boot loader keeps its menu elsewhere.
            list = list with
            {
                Warnings = list.Warnings.Add(
                    $"'{path}' has no boot entries: no loader/entries/*.conf and no EFI/Linux/*.efi in its boot partitions."
                ),
            };
        }

        var architecture = GuestArchitecture.Find(host.Architecture)?.Name ?? host.Architecture;
        return new BootMenu(list, list.FindDefault(architecture));
    }

    private static BootEntryList ReadList(IHostFiles files, string path)
    {
        switch (files.GetKind(path))
        {
            case FileKind.Missing:
                throw new VmSpawnException(
                    "BootSourceNotFound",
                    VmErrorKind.NotFound,
                    $"'{path}' does not exist.",
                    path,
                    "Give a directory tree, a raw disk image or a block device."
                );
            case FileKind.Inaccessible:
            case var _ when !files.CanRead(path):
                throw NotReadable(path, "permission denied", VmErrorKind.PermissionDenied);
            case FileKind.Directory:
                return ReadTree(files, path);
            case FileKind.Regular or FileKind.BlockDevice:
                return ReadImage(files, path);
            default:
                throw new VmSpawnException(
                    "BootSourceNotSupported",
                    VmErrorKind.InvalidData,
                    $"'{path}' is neither a directory nor a disk image.",
                    path,
                    "Give a directory tree, a raw disk image or a block device."
                );
        }
    }

    private static BootEntryList ReadTree(IHostFiles files, string path)
    {
        var root = path.TrimEnd('/');
        return files.GetKind($"{root}/efi") is FileKind.Missing && files.GetKind($"{root}/boot") is FileKind.Missing
            ? throw new VmSpawnException(
                "BootDirectoryNotFound",
                VmErrorKind.InvalidData,
                $"Directory '{path}' has neither 'efi' nor 'boot': it is no tree with boot entries.",
                path,
                "Give the root directory of an operating system."
            )
            : BootEntryList.Read(files, path);
    }

    private static BootEntryList ReadImage(IHostFiles files, string path)
    {
        try
        {
            return BootEntryList.ReadImage(files, path);
        }
        catch (UnauthorizedAccessException e)
        {
            throw NotReadable(path, e.Message, VmErrorKind.PermissionDenied);
        }
        catch (IOException e)
        {
            throw NotReadable(path, e.Message, VmErrorKind.Failed);
        }
    }

    private static VmSpawnException NotReadable(string path, string reason, VmErrorKind kind) =>
        new(
            "BootSourceNotReadable",
            kind,
            $"'{path}' cannot be read: {reason.TrimEnd('.')}.",
            path,
            "Check its permissions and the disk it is on."
        );
}
