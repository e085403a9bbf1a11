using VmSpawn.Engine.Console;

namespace VmSpawn.Engine.Machines;

/// <summary>Acts on living VMs through their supervisors.</summary>
/// <param name="store">Where the VMs are recorded.</param>
public sealed class MachineControl(MachineStore store)
{
    /// <summary>Bytes of earlier output an attached console gets first, unless told otherwise.</summary>
    public const int DefaultConsoleHistory = 64 * 1024;

    /// <summary>Stops a VM; returns when nothing of it is left but its record. A VM that has ended is left as it is.</summary>
    /// <exception cref="Errors.VmSpawnException">
    /// <c>MachineNotFound</c>; <c>StopTimedOut</c>: the guest did not shut down in time, and still runs.
    /// </exception>
    public Task<MachineRecord> StopAsync(
        string name,
        StopRequest request,
        CancellationToken cancellationToken = default
    ) => throw new NotSupportedException(store.Root);

    /// <summary>Waits for a VM. A VM that has ended satisfies <see cref="WaitCondition.Exit"/> at once.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="condition">What to wait for.</param>
    /// <param name="timeout">How long at most; <see langword="null"/> for as long as it takes.</param>
    /// <param name="cancellationToken">Ends the waiting, not the VM.</param>
    /// <exception cref="Errors.VmSpawnException">
    /// <c>MachineNotFound</c>; <c>WaitTimedOut</c>; <c>MachineEnded</c>: it ended before it ran.
    /// </exception>
    public Task<MachineRecord> WaitAsync(
        string name,
        WaitCondition condition,
        TimeSpan? timeout = null,
        CancellationToken cancellationToken = default
    ) => throw new NotSupportedException();

    /// <summary>
    /// Attaches to a VM's console: the last part of its log first, then what the guest writes, until the VM ends
    /// (end of stream). A reader that falls megabytes behind is cut off rather than slowing the guest down.
    /// </summary>
    /// <param name="name">Name of the VM.</param>
    /// <param name="access">With <see cref="ConsoleAccess.ReadWrite"/>, what is written to the stream is typed.</param>
    /// <param name="history">How many bytes of earlier output come first; 0 or more.</param>
    /// <param name="cancellationToken">Gives up attaching.</param>
    /// <exception cref="Errors.VmSpawnException">
    /// <c>MachineNotFound</c>; <c>MachineEnded</c>; <c>ConsoleBusy</c>: somebody else may already type.
    /// </exception>
    public Task<Stream> OpenConsoleAsync(
        string name,
        ConsoleAccess access = ConsoleAccess.Read,
        int history = DefaultConsoleHistory,
        CancellationToken cancellationToken = default
    ) => throw new NotSupportedException();
}
