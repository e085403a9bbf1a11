using System.Text;
using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Host;
using VmSpawn.Engine.Native;
using VmSpawn.Engine.Planning;

namespace VmSpawn.Engine.Machines;

/// <summary>
/// Claims of VMs on their images and VSOCK identifiers: one lock file for each image, locked shared by readers and exclusively by a writer,
/// and inherited by the supervisor for life. Images are told apart by device and inode, not by name.
/// </summary>
internal static class ClaimLock
{
    private const string DirectoryName = ".claims";

    // Whoever sweeps takes each lock for a moment.
    private const int Attempts = 5;
    private static readonly TimeSpan BetweenAttempts = TimeSpan.FromMilliseconds(20);

    /// <summary>Takes all claims of a VM, or none.</summary>
    /// <returns>The locked descriptors.</returns>
    /// <exception cref="VmSpawnException"><c>ImageBusy</c>.</exception>
    public static IReadOnlyList<FileDescriptor> TakeAll(string root, string name, IEnumerable<ImageClaim> claims)
    {
        var taken = new List<FileDescriptor>();
        try
        {
            foreach (var (claim, status) in Distinct(claims))
            {
                taken.Add(Take(root, name, Identify(status), claim.Writable, holders => Busy(claim, status, holders)));
                if (!status.IsDirectory && QemuImageLock.Conflicts(claim.Path, claim.Writable))
                {
                    throw Busy(claim, status, "Another QEMU process has it open.");
                }
            }

            return taken;
        }
        catch
        {
            taken.ForEach(Release);
            throw;
        }
    }

    /// <summary>Takes a context identifier of the kernel's VSOCK.</summary>
    /// <exception cref="VmSpawnException"><c>VsockCidBusy</c>.</exception>
    public static FileDescriptor TakeCid(string root, string name, uint cid) =>
        Take(
            root,
            name,
            $"vsock-{cid}",
            exclusive: true,
            holders => new VmSpawnException(
                "VsockCidBusy",
                VmErrorKind.Busy,
                $"The VSOCK context identifier {cid} is in use. {holders}",
                cid,
                "Choose another with -VsockCid, or none to have one chosen."
            )
        );

    /// <summary>Gives a claim back, and removes its lock file if nobody else has one on that image.</summary>
    public static void Release(FileDescriptor claim)
    {
        using (claim)
        {
            if (
                FileLock.TryTake(claim, exclusive: true)
                && new FileInfo($"/proc/self/fd/{claim.Number}").LinkTarget is { } path
                && FileStatus.TryGet(path) is { } named
                && named.IsSameFile(FileStatus.Get(claim))
            )
            {
                NativeFile.Remove(path);
            }

            // Whoever else inherited the descriptor would keep the lock.
            FileLock.Release(claim);
        }
    }

    /// <summary>Removes the lock files that nobody holds, as killed supervisors leave them.</summary>
    public static void Sweep(string root)
    {
        var directory = Path.Combine(root, DirectoryName);
        foreach (var path in Directory.Exists(directory) ? Directory.GetFiles(directory) : [])
        {
            if (NativeFile.TryOpen(path, NativeFile.ReadWrite) is { } file)
            {
                Release(file);
            }
        }
    }

    private static FileDescriptor Take(
        string root,
        string name,
        string lockName,
        bool exclusive,
        Func<string, VmSpawnException> busy
    )
    {
        var directory = Path.Combine(root, DirectoryName);
        _ = NativeFile.MakeDirectory(directory, NativeFile.PrivateDirectory);
        var path = Path.Combine(directory, lockName);
        for (var attempt = 1; ; attempt++)
        {
            var file = NativeFile.Open(
                path,
                NativeFile.ReadWrite | NativeFile.Create | NativeFile.Append,
                NativeFile.Private
            );
            var isLocked = FileLock.TryTake(file, exclusive);
            if (isLocked && FileStatus.TryGet(path) is { } named && named.IsSameFile(FileStatus.Get(file)))
            {
                return Sign(file, name, exclusive);
            }

            file.Dispose();
            if (!isLocked && attempt == Attempts)
            {
                throw busy(DescribeHolders(path));
            }

            if (!isLocked)
            {
                Thread.Sleep(BetweenAttempts);
            }
        }
    }

    // Who holds an image is said in the error that the next one gets.
    private static FileDescriptor Sign(FileDescriptor file, string name, bool exclusive)
    {
        if (exclusive)
        {
            file.SetLength(0);
        }

        file.WriteAll(Encoding.UTF8.GetBytes($"{name}\n"));
        return file;
    }

    // The same image several times in one VM needs one lock; writing it in one place and using it in another is a mistake.
    private static List<(ImageClaim Claim, FileStatus Status)> Distinct(IEnumerable<ImageClaim> claims)
    {
        var distinct = new Dictionary<string, (ImageClaim Claim, FileStatus Status)>();
        foreach (var claim in claims)
        {
            var status =
                FileStatus.TryGet(claim.Path)
                ?? throw new VmSpawnException(
                    "ImageNotFound",
                    VmErrorKind.NotFound,
                    $"The image '{claim.Path}' does not exist.",
                    claim.Path
                );
            if (!distinct.TryAdd(Identify(status), (claim, status)))
            {
                if (claim.Writable || distinct[Identify(status)].Claim.Writable)
                {
                    throw Busy(claim, status, "This VM itself uses it twice.");
                }
            }
        }

        return [.. distinct.Values];
    }

    private static string Identify(FileStatus status) =>
        status.IsBlockDevice ? $"block-{status.NodeDevice:x}" : $"{status.Device:x}-{status.Inode:x}";

    private static string DescribeHolders(string path)
    {
        var names = Encoding
            .UTF8.GetString(NativeFile.TryRead(path) ?? [])
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Distinct()
            .Select(name => $"'{name}'");
        return $"It belongs to the VM {string.Join(" or ", names)}.";
    }

    private static VmSpawnException Busy(ImageClaim claim, FileStatus status, string holder) =>
        new(
            "ImageBusy",
            VmErrorKind.Busy,
            $"The {(status.IsDirectory ? "directory" : "image")} '{claim.Path}' is in use and cannot be opened for {(claim.Writable ? "writing" : "reading")}: "
                + holder,
            claim.Path,
            "Stop the VM that uses it, or start this one on a copy."
        );
}
