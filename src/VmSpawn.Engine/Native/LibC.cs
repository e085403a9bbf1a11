using System.Runtime.InteropServices;

namespace VmSpawn.Engine.Native;

/// <summary>The C library, as it is. Every other class calls the wrappers beside this one.</summary>
internal static partial class LibC
{
    // The runtime maps this name to the C library of the system; the supervisor links it statically by this name.
    private const string Library = "libc";

    [LibraryImport(Library)]
    internal static partial uint geteuid();
}
