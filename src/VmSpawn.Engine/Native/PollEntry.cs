using System.Runtime.InteropServices;

namespace VmSpawn.Engine.Native;

/// <summary><c>struct pollfd</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PollEntry
{
    /// <summary>Descriptor, or a negative number to skip the entry.</summary>
    public int Descriptor;

    /// <summary>What is asked.</summary>
    public PollEvents Requested;

    /// <summary>What is so.</summary>
    public PollEvents Returned;
}
