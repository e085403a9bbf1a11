namespace VmSpawn.Engine.Configuration;

/// <summary>How the console of the VM is offered.</summary>
public enum ConsoleMode
{
    /// <summary>Read and written through the terminal.</summary>
    Interactive,

    /// <summary>Only read.</summary>
    ReadOnly,

    /// <summary>QEMU's own console, with its monitor behind Ctrl-a c.</summary>
    Native,

    /// <summary>QEMU's window.</summary>
    Gui,

    /// <summary>No console device at all.</summary>
    Headless,
}
