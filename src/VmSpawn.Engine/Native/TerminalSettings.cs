using VmSpawn.Engine.Errors;

namespace VmSpawn.Engine.Native;

/// <summary>How a terminal treats what is typed and printed: a <c>struct termios</c> (termios(3)).</summary>
internal sealed unsafe class TerminalSettings
{
    // 60 bytes in both C libraries; more does no harm.
    private const int StructureSize = 256;
    private const int Now = 0; // TCSANOW

    private readonly byte[] settings;

    private TerminalSettings(byte[] settings) => this.settings = settings;

    /// <summary>Whether a descriptor of this process is a terminal.</summary>
    public static bool IsTerminal(int descriptor) => LibC.isatty(descriptor) == 1;

    /// <summary>The settings as they are, or <see langword="null"/> if it is no terminal.</summary>
    public static TerminalSettings? TryRead(FileDescriptor terminal)
    {
        var read = new byte[StructureSize];
        fixed (byte* pointer = read)
        {
            return LibC.tcgetattr(terminal, pointer) == 0 ? new TerminalSettings(read) : null;
        }
    }

    /// <summary>The same, but so that every byte passes as it is, in both directions (cfmakeraw(3)).</summary>
    public TerminalSettings Raw()
    {
        var raw = settings.ToArray();
        fixed (byte* pointer = raw)
        {
            LibC.cfmakeraw(pointer);
        }

        return new TerminalSettings(raw);
    }

    /// <summary>Puts them into effect at once.</summary>
    /// <exception cref="SystemCallException">The terminal is gone.</exception>
    public void Apply(FileDescriptor terminal)
    {
        if (!TryApply(terminal))
        {
            throw SystemCallException.Last("set a terminal up");
        }
    }

    /// <summary>As <see cref="Apply"/>; false if the terminal is gone.</summary>
    public bool TryApply(FileDescriptor terminal)
    {
        fixed (byte* pointer = settings)
        {
            return LibC.tcsetattr(terminal, Now, pointer) == 0;
        }
    }
}
