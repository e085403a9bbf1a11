using VmSpawn.Engine.Native;

namespace VmSpawn.Monitor.Starting;

/// <summary>Directories of the run directory and of helpers.</summary>
internal static class Directories
{
    /// <summary>Makes a directory and its parents, mode 0700, where they are missing.</summary>
    public static void Make(string path)
    {
        if (FileStatus.TryGet(path) is not null)
        {
            return;
        }

        if (Path.GetDirectoryName(path) is { } parent)
        {
            Make(parent);
        }

        _ = NativeFile.MakeDirectory(path, NativeFile.PrivateDirectory);
    }
}
