using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Machines;
using VmSpawn.Engine.Native;

namespace VmSpawn.Engine.Console;

/// <summary>Shows VMs' consoles on this process's terminal.</summary>
/// <param name="control">The VMs.</param>
/// <param name="monitorPath">The supervisor's program, which shows consoles, too.</param>
public sealed class TerminalConsole(MachineControl control, string monitorPath)
{
    // Ctrl+C and the like reach the process together with the shell, which decides what they mean. Setting the terminal up
    // must work in the background, too, where the shell has left it.
    private static readonly SignalSet Blocked = SignalSet.Of(
        Signal.Hangup,
        Signal.Interrupt,
        Signal.Quit,
        Signal.Terminate,
        Signal.TerminalStop,
        Signal.TerminalInput,
        Signal.TerminalOutput
    );

    /// <summary>True if standard input is a terminal.</summary>
    public static bool InputIsTerminal => TerminalSettings.IsTerminal(0);

    /// <summary>True if standard output is a terminal.</summary>
    public static bool OutputIsTerminal => TerminalSettings.IsTerminal(1);

    /// <summary>Shows a VM's console until one of the ends comes; then the terminal is as it was before.</summary>
    /// <exception cref="VmSpawnException">
    /// <c>MachineNotFound</c>, <c>MachineEnded</c>, <c>ConsoleBusy</c>; <c>TerminalFailed</c>: the process that shows it did.
    /// </exception>
    public async Task<TerminalEnd> ShowAsync(string name, TerminalRequest request, CancellationToken cancellationToken)
    {
        var access = request.Interactive ? ConsoleAccess.ReadWrite : ConsoleAccess.Read;
        await using var console = await control.OpenConsoleAsync(
            name,
            new ConsoleRequest(access, request.History, WholeLines: true),
            cancellationToken
        );
        using var input = TryCopy(0);
        var settings = request.Interactive && input is not null ? TerminalSettings.TryRead(input) : null;
        try
        {
            return await RunAsync(name, console, request, cancellationToken);
        }
        finally
        {
            // It has done so itself, unless it was killed.
            _ = settings?.TryApply(input!);
        }
    }

    private async Task<TerminalEnd> RunAsync(
        string name,
        ConsoleStream console,
        TerminalRequest request,
        CancellationToken cancellationToken
    )
    {
        var (ours, theirs) = UnixSocket.Pair();
        using var process = Start(console, request, ours, theirs);
        await using var cancellation = cancellationToken.Register(ours.Dispose);
        try
        {
            // A thread of its own: it may take weeks.
            var exit = await Task.Factory.StartNew(
                () => Wait(process),
                CancellationToken.None,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default
            );
            cancellationToken.ThrowIfCancellationRequested();
            return AttachProtocol.EndOf(exit?.Code)
                ?? throw new VmSpawnException(
                    "TerminalFailed",
                    VmErrorKind.Failed,
                    $"The process that showed the console of the VM '{name}' ended unexpectedly ({exit?.ToString() ?? "unknown"}).",
                    name,
                    "The VM itself is not affected. Attach again with Connect-VmSpawn."
                );
        }
        finally
        {
            ours.Dispose();
        }
    }

    private FileDescriptor Start(
        ConsoleStream console,
        TerminalRequest request,
        FileDescriptor ours,
        FileDescriptor theirs
    )
    {
        using (theirs)
        {
            using var socket = console.CopySocket();
            using var input = request.Interactive ? TryCopy(0) : null;
            using var output = TryCopy(1);
            using var error = TryCopy(2);
            (FileDescriptor? Source, int Target)[] passed =
            [
                (input, 0),
                (output, 1),
                (error, 2),
                (theirs, AttachProtocol.ShellDescriptor),
                (socket, AttachProtocol.ConsoleDescriptor),
            ];
            try
            {
                var id = ProcessSpawn.Start(
                    new SpawnRequest
                    {
                        Program = monitorPath,
                        Argv =
                        [
                            monitorPath,
                            AttachProtocol.Mode,
                            request.Interactive ? "yes" : "no",
                            request.HasEscape ? "yes" : "no",
                            request.Background,
                            request.Title,
                        ],
                        Descriptors =
                        [
                            .. passed
                                .Where(pair => pair.Source is not null)
                                .Select(pair => (pair.Source!, pair.Target)),
                        ],
                        BlockedSignals = Blocked,
                    }
                );
                return ProcessDescriptor.Open(id)
                    ?? throw new SystemCallException("watch the process at the terminal", Errno.NoProcess);
            }
            catch
            {
                ours.Dispose();
                throw;
            }
        }
    }

    private static FileDescriptor? TryCopy(int number)
    {
        try
        {
            return FileDescriptor.CopyOf(number);
        }
        catch (SystemCallException)
        {
            // A shell may run without it.
            return null;
        }
    }

    private static ProcessExit? Wait(FileDescriptor process)
    {
        while (!Poller.WaitReadable(process, -1))
        {
            // Interrupted.
        }

        try
        {
            return ProcessDescriptor.TryReap(process);
        }
        catch (SystemCallException)
        {
            // A host that ignores SIGCHLD has its children reaped by the kernel.
            return null;
        }
    }
}
