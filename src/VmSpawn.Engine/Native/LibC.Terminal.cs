using System.Runtime.InteropServices;

namespace VmSpawn.Engine.Native;

internal static unsafe partial class LibC
{
    [LibraryImport(Library, SetLastError = true)]
    internal static partial int tcgetattr(FileDescriptor terminal, byte* settings);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int tcsetattr(FileDescriptor terminal, int when, byte* settings);

    [LibraryImport(Library)]
    internal static partial void cfmakeraw(byte* settings);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int isatty(int descriptor);
}
