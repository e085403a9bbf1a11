using VmSpawn.Engine.Native;

namespace VmSpawn.Monitor.Attaching;

/// <summary>Standard input while it types into a guest; a terminal is raw for that time.</summary>
internal sealed class KeyboardInput : IDisposable
{
    private readonly TerminalSettings? before;

    private KeyboardInput(FileDescriptor descriptor)
    {
        Descriptor = descriptor;
        before = TerminalSettings.TryRead(descriptor);
        before?.Raw().Apply(descriptor);
    }

    /// <summary>The descriptor.</summary>
    public FileDescriptor Descriptor { get; }

    /// <summary>
    /// Takes standard input over, or returns <see langword="null"/> if it is something that nobody types on: a file or
    /// <c>/dev/null</c>, which would be read to its end at once (the spec, section 8.8).
    /// </summary>
    public static KeyboardInput? TryOpen()
    {
        var descriptor = FileDescriptor.CopyOf(0);
        var status = FileStatus.Get(descriptor);
        if (status.IsRegularFile || status.IsDirectory || (status.IsCharacterDevice && !TerminalSettings.IsTerminal(0)))
        {
            descriptor.Dispose();
            return null;
        }

        return new KeyboardInput(descriptor);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _ = before?.TryApply(Descriptor);
        Descriptor.Dispose();
    }
}
