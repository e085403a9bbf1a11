using VmSpawn.Engine.Console;
using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Machines;
using VmSpawn.Engine.Native;
using VmSpawn.Engine.Supervision;

namespace VmSpawn.Monitor;

/// <summary>
/// QEMU or a helper: a child that ends with the supervisor, leads a process group of its own, and whose output is kept.
/// </summary>
internal sealed class ChildProcess : IDisposable
{
    private const int LogLimit = 256 * 1024;
    private static readonly TimeSpan LastWordsTime = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan KillTime = TimeSpan.FromSeconds(5);

    private readonly EventLoop loop;
    private readonly Action<ChildProcess> onGone;
    private readonly FileDescriptor process;
    private readonly FileDescriptor output;
    private readonly RotatingLog log;
    private readonly LoopWatch exitWatch;
    private readonly LoopWatch outputWatch;
    private readonly TaskCompletionSource<ProcessExit> exited = new();
    private readonly TaskCompletionSource outputEnded = new();

    private ChildProcess(
        EventLoop loop,
        Action<ChildProcess> onGone,
        string label,
        int processId,
        FileDescriptor output,
        string logPath
    )
    {
        (this.loop, this.onGone, this.output) = (loop, onGone, output);
        Label = label;
        Identity = ProcessIdentity.Of(processId) ?? new ProcessIdentity(processId, 0);
        // A child that nobody has reaped cannot be missing.
        process = ProcessDescriptor.Open(processId)!;
        log = new RotatingLog(logPath, LogLimit);
        exitWatch = loop.Watch(process, PollEvents.Readable, _ => TakeEnd());
        outputWatch = loop.Watch(output, PollEvents.Readable, OnOutput);
    }

    /// <summary>What it is, in messages.</summary>
    public string Label { get; }

    /// <summary>The process.</summary>
    public ProcessIdentity Identity { get; }

    /// <summary>How it ended; completes when it has, and has been reaped.</summary>
    public Task<ProcessExit> Exited => exited.Task;

    /// <summary>Starts a program that gets SIGTERM when the supervisor dies, however that comes about.</summary>
    /// <param name="loop">Where it is watched.</param>
    /// <param name="onGone">Told once it is reaped, or nobody is interested any more.</param>
    /// <param name="label">What it is, in messages.</param>
    /// <param name="argv">Its argument vector, the program first.</param>
    /// <param name="descriptors">What it inherits beside standard output and error.</param>
    /// <param name="logPath">Where its output is kept.</param>
    /// <param name="listeners">How many listening sockets it is told of by its environment (sd_listen_fds(3)).</param>
    public static ChildProcess Start(
        EventLoop loop,
        Action<ChildProcess> onGone,
        string label,
        IReadOnlyList<string> argv,
        IReadOnlyCollection<(FileDescriptor Source, int Target)> descriptors,
        string logPath,
        int listeners
    )
    {
        var (reader, writer) = Pipe.Create();
        using (writer)
        {
            var highest = descriptors.Select(pair => pair.Target).Append(2).Max();
            var processId = ProcessSpawn.Start(
                new SpawnRequest
                {
                    Program = "/proc/self/exe",
                    Argv =
                    [
                        "vmspawn-monitor",
                        MonitorProtocol.ExecMode,
                        $"{Environment.ProcessId}",
                        $"{(int)Signal.Terminate}",
                        $"{highest}",
                        $"{listeners}",
                        argv[0],
                        .. argv,
                    ],
                    Descriptors = [(writer, 1), (writer, 2), .. descriptors],
                    NewGroup = true,
                }
            );
            return new ChildProcess(loop, onGone, label, processId, reader, logPath);
        }
    }

    /// <summary>Sends a signal to the process alone.</summary>
    public void Send(Signal signal)
    {
        if (!Exited.IsCompleted)
        {
            ProcessDescriptor.Send(process, signal);
        }
    }

    /// <summary>Ends it with all its descendants, without asking.</summary>
    public void Kill()
    {
        if (!Exited.IsCompleted)
        {
            ProcessDescriptor.SendToGroup(Identity.Id, Signal.Kill);
            // Before its execve it may not have moved into its group yet.
            ProcessDescriptor.Send(process, Signal.Kill);
        }
    }

    /// <summary>Ends it: SIGTERM, and SIGKILL after a time.</summary>
    public async Task EndAsync(TimeSpan patience)
    {
        Send(Signal.Terminate);
        if (await loop.WaitAsync(Exited, patience))
        {
            return;
        }

        Kill();
        if (!await loop.WaitAsync(Exited, KillTime))
        {
            throw new VmSpawnException(
                "ProcessUnkillable",
                VmErrorKind.Failed,
                $"{Label} (process {Identity.Id}) does not even end by SIGKILL; it waits inside the kernel."
            );
        }
    }

    /// <summary>The last lines it wrote, once it has ended.</summary>
    public async Task<string> LastWordsAsync()
    {
        // The pipe is drained after the end of the process, unless a descendant keeps it open.
        await loop.WaitAsync(outputEnded.Task, LastWordsTime);
        return OutputText.LastLines(log.Tail(OutputText.QuotedBytes));
    }

    /// <summary>Notes how it ended, now that it has.</summary>
    public void TakeEnd()
    {
        exitWatch.Dispose();
        // Not reaped yet, it still holds the number of its group, which no stranger can have therefore.
        ProcessDescriptor.SendToGroup(Identity.Id, Signal.Kill);
        var exit = ProcessDescriptor.TryReap(process) ?? new ProcessExit(null, (int)Signal.Kill);
        onGone(this);
        exited.TrySetResult(exit);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        onGone(this);
        exitWatch.Dispose();
        outputWatch.Dispose();
        process.Dispose();
        output.Dispose();
        log.Dispose();
    }

    private void OnOutput(PollEvents events)
    {
        Span<byte> buffer = stackalloc byte[8192];
        var count = output.Read(buffer);
        if (count > 0)
        {
            log.Append(buffer[..count]);
        }
        else if (count == 0)
        {
            outputWatch.Dispose();
            outputEnded.TrySetResult();
        }
    }
}
