using System.Collections.Immutable;
using System.Text;

namespace VmSpawn.Engine.Boot;

/// <summary>
/// A cpio archive in the form that the kernel unpacks as an initrd (kernel, driver-api/early-userspace/buffer-format.rst:
/// "newc", header numbers in hexadecimal, everything padded to a multiple of 4).
/// </summary>
internal static class CpioArchive
{
    private const int Alignment = 4;
    private const uint RegularFile = 0x81A4; // S_IFREG, mode 0644
    private const string LastName = "TRAILER!!!";

    /// <summary>
    /// An archive of regular files of root's, mode 0644. Their directories are not in it: a file whose directory the
    /// archives before do not have is passed over by the kernel.
    /// </summary>
    /// <param name="files">Path without a slash at the front, and content.</param>
    public static ImmutableArray<byte> Create(params ReadOnlySpan<(string Path, string Content)> files)
    {
        using var archive = new MemoryStream();
        var inode = 1u;
        foreach (var (path, content) in files)
        {
            Append(archive, inode++, RegularFile, path, Encoding.UTF8.GetBytes(content));
        }

        Append(archive, 0, 0, LastName, []);
        return [.. archive.ToArray()];
    }

    private static void Append(MemoryStream archive, uint inode, uint mode, string path, ReadOnlySpan<byte> content)
    {
        var name = Encoding.UTF8.GetBytes($"{path}\0");
        // Magic, inode, mode, user, group, links, time, size, device (2), special device (2), length of the name, sum.
        uint[] numbers = [inode, mode, 0, 0, 1, 0, (uint)content.Length, 0, 0, 0, 0, (uint)name.Length, 0];
        archive.Write(Encoding.ASCII.GetBytes("070701" + string.Concat(numbers.Select(number => $"{number:x8}"))));
        archive.Write(name);
        Pad(archive);
        archive.Write(content);
        Pad(archive);
    }

    private static void Pad(MemoryStream archive)
    {
        while (archive.Length % Alignment != 0)
        {
            archive.WriteByte(0);
        }
    }
}
