using System.Runtime.InteropServices;

namespace VmSpawn.Engine.Native;

/// <summary>Who runs this process.</summary>
internal static partial class UserIdentity
{
    /// <summary>Real user id.</summary>
    public static uint Real => Getuid();

    /// <summary>Effective user id, the owner of files made by this process.</summary>
    public static uint Effective => LibC.geteuid();

    [LibraryImport("libc", EntryPoint = "getuid")]
    private static partial uint Getuid();
}
