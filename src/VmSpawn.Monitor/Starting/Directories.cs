using VmSpawn.Engine.Native;

namespace VmSpawn.Monitor.Starting;

/// <summary>Directories of the run directory and of helpers.</summary>
internal static class Directories
{
    /// <summary>Makes a directory and its parents, mode 0700, where they are missing.</summary>
    /// <param name="path">The directory.</param>
    /// <param name="made">Gets those that were missing, the outermost first.</param>
    public static void Make(string path, ICollection<string>? made = null)
    {
        if (FileStatus.TryGet(path) is not null)
        {
            return;
        }

        if (Path.GetDirectoryName(path) is { } parent)
        {
            Make(parent, made);
        }

        _ = NativeFile.MakeDirectory(path, NativeFile.PrivateDirectory);
        made?.Add(path);
    }

    /// <summary>Removes directories again in which there is nothing.</summary>
    /// <param name="made">What <see cref="Make"/> made.</param>
    public static void RemoveEmpty(IReadOnlyList<string> made)
    {
        foreach (var path in made.Reverse())
        {
            try
            {
                Directory.Delete(path);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // There is something in it, or it is gone.
                return;
            }
        }
    }
}
