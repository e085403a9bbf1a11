using VmSpawn.Engine.Native;

namespace VmSpawn.Engine.Machines;

/// <summary>Removes directories that belong to VMs.</summary>
internal static class DirectoryTree
{
    /// <summary>Removes what is in a directory, following no link; nothing happens if it is not there.</summary>
    /// <param name="directory">The directory.</param>
    /// <param name="except">A name that stays, or <see langword="null"/>.</param>
    public static void RemoveContents(string directory, string? except = null)
    {
        if (FileStatus.TryGet(directory, followLink: false) is not { IsDirectory: true })
        {
            return;
        }

        foreach (var path in Directory.GetFileSystemEntries(directory))
        {
            if (Path.GetFileName(path) == except)
            {
                continue;
            }

            if (FileStatus.TryGet(path, followLink: false) is { IsDirectory: true })
            {
                Remove(path);
            }
            else
            {
                NativeFile.Remove(path);
            }
        }
    }

    /// <summary>Removes a directory with all that is in it.</summary>
    public static void Remove(string directory)
    {
        RemoveContents(directory);
        NativeFile.RemoveDirectory(directory);
    }
}
