using System.Runtime.InteropServices;
using VmSpawn.Engine.Errors;

namespace VmSpawn.Engine.Native;

/// <summary>
/// Mounts that this process alone sees, and the program that it becomes. They end with it. Each works on the directory
/// that this process is in, which other mounts over its path do not change.
/// </summary>
internal static unsafe class MountNamespace
{
    private const int NewMounts = 0x20000; // CLONE_NEWNS, unshare(2)
    private const nuint NoSetUserId = 2; // MS_NOSUID, mount(2)
    private const nuint NoDevices = 4; // MS_NODEV
    private const nuint Bind = 0x1000; // MS_BIND
    private const nuint Recursive = 0x4000; // MS_REC
    private const nuint PrivatePropagation = 0x40000; // MS_PRIVATE
    private const uint RecursiveAttributes = 0x8000; // AT_RECURSIVE, mount_setattr(2)
    private const ulong ReadOnlyAttribute = 1; // MOUNT_ATTR_RDONLY
    private const int CurrentDirectory = -100; // AT_FDCWD

    /// <summary>Leaves the mounts of the host; whatever is mounted from now on stays here.</summary>
    /// <exception cref="SystemCallException">The kernel does not allow it.</exception>
    public static void Enter()
    {
        if (LibC.unshare(NewMounts) != 0)
        {
            throw SystemCallException.Last("make a mount namespace");
        }

        Mount(null, "/", null, PrivatePropagation | Recursive, null);
    }

    /// <summary>Goes into a directory.</summary>
    /// <exception cref="SystemCallException">It cannot.</exception>
    public static void GoTo(string directory)
    {
        fixed (byte* path = NativePath.Encode(directory))
        {
            if (LibC.chdir(path) != 0)
            {
                throw SystemCallException.Last($"enter '{directory}'", directory);
            }
        }
    }

    /// <summary>Mounts the current directory and all below it over a path, so that nobody can write there.</summary>
    /// <exception cref="SystemCallException">The kernel does not allow it; it must be 5.12 or later.</exception>
    public static void MountReadOnly(string path)
    {
        Mount(".", path, null, Bind | Recursive, null);
        // struct mount_attr: set, clear, propagation, user namespace.
        var attributes = stackalloc ulong[] { ReadOnlyAttribute, 0, 0, 0 };
        fixed (byte* name = NativePath.Encode(path))
        {
            if (LibC.mount_setattr(CurrentDirectory, name, RecursiveAttributes, attributes, 4 * sizeof(ulong)) != 0)
            {
                throw SystemCallException.Last($"make '{path}' read-only", path);
            }
        }
    }

    /// <summary>Mounts the current directory over a path under a layer in memory that takes all that is written.</summary>
    /// <param name="path">The path.</param>
    /// <param name="inUserNamespace">True if the caller is root of a user namespace only.</param>
    /// <exception cref="SystemCallException">The kernel does not allow it; in a user namespace it must be 5.11 or later.</exception>
    public static void MountEphemeral(string path, bool inUserNamespace)
    {
        Mount("vmspawn", path, "tmpfs", NoSetUserId | NoDevices, "mode=0700");
        NativeFile.MakeDirectory($"{path}/upper", NativeFile.PrivateDirectory);
        NativeFile.MakeDirectory($"{path}/work", NativeFile.PrivateDirectory);
        var upper = Escape($"{path}/upper");
        var work = Escape($"{path}/work");
        var options = $"lowerdir=.,upperdir={upper},workdir={work}{(inUserNamespace ? ",userxattr" : "")}";
        Mount("vmspawn", path, "overlay", 0, options);
    }

    // In overlayfs' options a comma ends a value and a colon separates layers (kernel, filesystems/overlayfs.rst).
    private static string Escape(string path) =>
        path.Replace(@"\", @"\\", StringComparison.Ordinal)
            .Replace(",", @"\,", StringComparison.Ordinal)
            .Replace(":", @"\:", StringComparison.Ordinal);

    private static void Mount(string? source, string target, string? type, nuint flags, string? options)
    {
        fixed (
            byte* sourceBytes = Encode(source),
                targetBytes = Encode(target),
                typeBytes = Encode(type),
                optionBytes = Encode(options)
        )
        {
            if (LibC.mount(sourceBytes, targetBytes, typeBytes, flags, optionBytes) != 0)
            {
                var error = Marshal.GetLastPInvokeError();
                throw new SystemCallException($"mount {type ?? "a view"} on '{target}'", error, target);
            }
        }
    }

    private static byte[]? Encode(string? text) => text is null ? null : NativePath.Encode(text);
}
