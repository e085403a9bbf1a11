using System.Runtime.InteropServices;
using VmSpawn.Engine.Errors;

namespace VmSpawn.Engine.Native;

/// <summary>Files by path. Every failure names the path and the kernel's reason.</summary>
internal static unsafe class NativeFile
{
    public const int ReadOnly = 0; // open(2)
    public const int WriteOnly = 1;
    public const int ReadWrite = 2;
    public const int Create = 0x40;
    public const int Exclusive = 0x80;
    public const int Truncate = 0x200;
    public const int Append = 0x400;

    /// <summary>Mode 0600: only the owner.</summary>
    public const uint Private = 0x180;

    /// <summary>Mode 0700: only the owner.</summary>
    public const uint PrivateDirectory = 0x1C0;

    private const int CloseOnExec = 0x80000;
    private const int NoTerminal = 0x100;

    /// <summary>Opens a file, close-on-exec and never as the controlling terminal.</summary>
    /// <exception cref="SystemCallException">It cannot be opened.</exception>
    public static FileDescriptor Open(string path, int flags, uint mode = 0) =>
        TryOpen(path, flags, mode) ?? throw SystemCallException.Last($"open '{path}'", path);

    /// <summary>As <see cref="Open"/>; <see langword="null"/> leaves the reason in the last native error.</summary>
    public static FileDescriptor? TryOpen(string path, int flags, uint mode = 0)
    {
        fixed (byte* name = NativePath.Encode(path))
        {
            int number;
            do
            {
                number = LibC.open(name, flags | CloseOnExec | NoTerminal, mode);
            } while (number < 0 && Marshal.GetLastPInvokeError() == Errno.Interrupted);

            return number < 0 ? null : new FileDescriptor(number);
        }
    }

    /// <summary>Makes a directory.</summary>
    /// <returns>False if the name exists already.</returns>
    public static bool MakeDirectory(string path, uint mode)
    {
        fixed (byte* name = NativePath.Encode(path))
        {
            if (LibC.mkdir(name, mode) == 0)
            {
                return true;
            }

            return Marshal.GetLastPInvokeError() == Errno.Exists
                ? false
                : throw SystemCallException.Last($"make the directory '{path}'", path);
        }
    }

    /// <summary>Removes a file; nothing happens if there is none.</summary>
    public static void Remove(string path)
    {
        fixed (byte* name = NativePath.Encode(path))
        {
            if (LibC.unlink(name) != 0 && Marshal.GetLastPInvokeError() is not (Errno.NoEntry or Errno.NotDirectory))
            {
                throw SystemCallException.Last($"remove '{path}'", path);
            }
        }
    }

    /// <summary>Removes an empty directory.</summary>
    /// <returns>False if it is not empty or not there.</returns>
    public static bool RemoveDirectory(string path)
    {
        fixed (byte* name = NativePath.Encode(path))
        {
            if (LibC.rmdir(name) == 0)
            {
                return true;
            }

            return Marshal.GetLastPInvokeError() is Errno.NoEntry or Errno.NotEmpty or Errno.Exists
                ? false
                : throw SystemCallException.Last($"remove the directory '{path}'", path);
        }
    }

    /// <summary>Gives a file another name, replacing what has that name.</summary>
    public static void Rename(string from, string to)
    {
        fixed (byte* source = NativePath.Encode(from))
        fixed (byte* target = NativePath.Encode(to))
        {
            if (LibC.rename(source, target) != 0)
            {
                throw SystemCallException.Last($"rename '{from}' to '{to}'", to);
            }
        }
    }

    /// <summary>Gives a file a second name unless that is taken.</summary>
    /// <returns>False if the name is taken.</returns>
    public static bool Link(string from, string to)
    {
        fixed (byte* source = NativePath.Encode(from))
        fixed (byte* target = NativePath.Encode(to))
        {
            if (LibC.link(source, target) == 0)
            {
                return true;
            }

            return Marshal.GetLastPInvokeError() == Errno.Exists
                ? false
                : throw SystemCallException.Last($"link '{from}' to '{to}'", to);
        }
    }

    /// <summary>The whole of a small file, or <see langword="null"/> if it is not there.</summary>
    public static byte[]? TryRead(string path, int limit = 16 * 1024 * 1024)
    {
        using var file = TryOpen(path, ReadOnly);
        if (file is null)
        {
            return Marshal.GetLastPInvokeError() is Errno.NoEntry or Errno.NotDirectory
                ? null
                : throw SystemCallException.Last($"open '{path}'", path);
        }

        // Files of /proc have no length; growing covers them too.
        var buffer = new byte[4096];
        var length = 0;
        for (int count; (count = file.Read(buffer.AsSpan(length))) > 0; )
        {
            length += count;
            if (length == buffer.Length)
            {
                if (length >= limit)
                {
                    throw new VmSpawnException(
                        "FileTooLarge",
                        VmErrorKind.InvalidData,
                        $"'{path}' is too large.",
                        path
                    );
                }

                Array.Resize(ref buffer, length * 2);
            }
        }

        return buffer.AsSpan(0, length).ToArray();
    }

    /// <summary>Makes a file that must not exist yet.</summary>
    public static void WriteNew(string path, ReadOnlySpan<byte> content, uint mode = Private)
    {
        using var file = Open(path, WriteOnly | Create | Exclusive, mode);
        file.WriteAll(content);
    }

    /// <summary>Replaces a file in one step: readers see the old or the new content, never a part.</summary>
    public static void Replace(string path, ReadOnlySpan<byte> content, uint mode = Private)
    {
        var temporary = $"{path}.new";
        using (var file = Open(temporary, WriteOnly | Create | Truncate, mode))
        {
            file.WriteAll(content);
        }

        Rename(temporary, path);
    }
}
