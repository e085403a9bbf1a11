using System.Text.Json;
using VmSpawn.Engine.Qemu;
using VmSpawn.Engine.Supervision;

namespace VmSpawn.Monitor;

/// <summary>A QEMU process and the QMP connection to it.</summary>
internal sealed class RunningMachine(EventLoop loop, ChildProcess qemu, QmpClient? qmp)
{
    // QEMU flushes and closes its disks on quit; a healthy one takes milliseconds, a slow disk a few seconds.
    private static readonly TimeSpan QuitTime = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan TerminateTime = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan LastEventsTime = TimeSpan.FromMilliseconds(200);

    /// <summary>QEMU.</summary>
    public ChildProcess Qemu { get; } = qemu;

    /// <summary>The connection to it, or <see langword="null"/> if the plan has none.</summary>
    public QmpClient? Qmp { get; } = qmp;

    /// <summary>Gives QEMU a command.</summary>
    /// <exception cref="QmpException">It refuses, or there is no connection.</exception>
    public Task<JsonElement> ExecuteAsync(string command, JsonElement? arguments = null) =>
        Qmp?.ExecuteAsync(command, arguments)
        ?? Task.FromException<JsonElement>(new QmpException("QmpClosed", command, "This VM has no QMP connection."));

    /// <summary>Ends QEMU: QMP <c>quit</c>, then SIGTERM, then SIGKILL.</summary>
    public async Task EndAsync()
    {
        if (Qmp is not null && !Qemu.Exited.IsCompleted && !Qmp.Closed.IsCompleted)
        {
            var quit = ExecuteAsync("quit");
            await loop.WaitAsync(Qemu.Exited, QuitTime);
            // QEMU may be gone before its answer.
            _ = quit.Exception;
        }

        if (!Qemu.Exited.IsCompleted)
        {
            await Qemu.EndAsync(TerminateTime);
        }

        await AwaitLastEventsAsync();
    }

    /// <summary>Waits for what QEMU said before it ended: its end may be seen before its last words are read.</summary>
    public async Task AwaitLastEventsAsync()
    {
        if (Qmp is not null)
        {
            await loop.WaitAsync(Qmp.Closed, LastEventsTime);
        }
    }
}
