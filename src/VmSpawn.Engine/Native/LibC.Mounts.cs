using System.Runtime.InteropServices;

namespace VmSpawn.Engine.Native;

/// <summary>Mounts.</summary>
internal static unsafe partial class LibC
{
    private const nint SysMountSetAttributes = 442;

    internal static int mount_setattr(int directory, byte* path, uint flags, ulong* attributes, nuint size) =>
        (int)syscall(SysMountSetAttributes, directory, (nint)path, (nint)flags, (nint)attributes, (nint)size);

    [LibraryImport(Library, SetLastError = true)]
    private static partial nint syscall(nint number, nint first, nint second, nint third, nint fourth, nint fifth);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int unshare(int flags);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int mount(byte* source, byte* target, byte* type, nuint flags, byte* options);
}
