namespace VmSpawn.Engine.Native;

/// <summary>Conditions of poll(2).</summary>
[Flags]
internal enum PollEvents : short
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>There is something to read, or an end to be seen.</summary>
    Readable = 1,

    /// <summary>Writing would not wait.</summary>
    Writable = 4,

    /// <summary>An error; always reported.</summary>
    Error = 8,

    /// <summary>The peer is gone; always reported.</summary>
    HangUp = 16,

    /// <summary>The descriptor is not open; always reported.</summary>
    Invalid = 32,
}
