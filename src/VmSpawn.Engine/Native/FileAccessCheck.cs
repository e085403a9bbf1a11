using System.Runtime.InteropServices;

namespace VmSpawn.Engine.Native;

/// <summary>access(2): what the caller may do with a path, without opening it.</summary>
internal static partial class FileAccessCheck
{
    /// <summary>X_OK.</summary>
    public const int Execute = 1;

    /// <summary>W_OK.</summary>
    public const int Write = 2;

    /// <summary>R_OK.</summary>
    public const int Read = 4;

    /// <summary>True if the caller has all the permissions asked for.</summary>
    public static bool Allows(string path, int mode) => !path.Contains('\0') && Access(path, mode) == 0;

    [LibraryImport("libc", EntryPoint = "access", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Access(string path, int mode);
}
