using System.Net.Sockets;
using System.Text.Json;
using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Machines;
using VmSpawn.Engine.Native;
using VmSpawn.Engine.Planning;
using VmSpawn.Engine.Qemu;

namespace VmSpawn.Engine.Supervision;

/// <summary>A supervisor that has been started, as seen by the process that started it.</summary>
internal sealed class LaunchedMonitor : IDisposable
{
    private const int LineLimit = 1024 * 1024;
    private const int ReapTime = 5000;

    private readonly Socket channel;
    private readonly FileDescriptor? process;
    private readonly FileDescriptor words;
    private readonly JsonLineReader lines = new(LineLimit);
    private readonly byte[] buffer = new byte[4096];

    private LaunchedMonitor(Socket channel, FileDescriptor? process, FileDescriptor words)
    {
        this.channel = channel;
        this.process = process;
        this.words = words;
    }

    /// <summary>What the supervisor wrote to standard error: nothing, unless it crashed.</summary>
    public string Words => OutputText.LastLines(MemoryFile.Read(words));

    /// <summary>Starts a supervisor in a session of its own, with the locks and the plan.</summary>
    public static LaunchedMonitor Start(string program, LaunchPlan plan, IEnumerable<FileDescriptor> locks)
    {
        var (ours, theirs) = UnixSocket.Pair();
        using var planFile = MemoryFile.Create("vmspawn-plan", LaunchPlanJson.Serialize(plan));
        var errorFile = MemoryFile.CreateWritable("vmspawn-words");
        var passed = plan
            .Descriptors.OfType<PassedDescriptor>()
            .Select(descriptor => FileDescriptor.CopyOf(descriptor.SourceNumber))
            .ToArray();
        try
        {
            FileDescriptor[] held = [.. locks];
            FileDescriptor[] inherited = [theirs, planFile, .. held, .. passed];
            var processId = ProcessSpawn.Start(
                new SpawnRequest
                {
                    Program = program,
                    Argv = [program, MonitorProtocol.LaunchMode, $"{held.Length}", $"{passed.Length}"],
                    Descriptors =
                    [
                        (errorFile, 2),
                        .. inherited.Select((source, i) => (source, MonitorProtocol.ReportDescriptor + i)),
                    ],
                    NewSession = true,
                }
            );
            var socket = new Socket(new SafeSocketHandle(ours.DangerousGetHandle(), ownsHandle: true));
            ours.SetHandleAsInvalid();
            return new LaunchedMonitor(socket, ProcessDescriptor.Open(processId), errorFile);
        }
        catch
        {
            ours.Dispose();
            errorFile.Dispose();
            throw;
        }
        finally
        {
            theirs.Dispose();
            Array.ForEach(passed, descriptor => descriptor.Dispose());
        }
    }

    /// <summary>The next message, or <see langword="null"/> when the supervisor is gone.</summary>
    public async Task<ReportMessage?> ReceiveAsync()
    {
        ReportMessage? message;
        while (!TryParse(out message))
        {
            int count;
            try
            {
                count = await channel.ReceiveAsync(buffer);
            }
            catch (SocketException)
            {
                count = 0;
            }

            if (count == 0)
            {
                return null;
            }

            lines.Append(buffer.AsSpan(0, count));
        }

        return message;
    }

    /// <summary>Accepts the VM.</summary>
    /// <returns>False if the supervisor is gone.</returns>
    public bool TryCommit()
    {
        try
        {
            return channel.Send([MonitorProtocol.Commit]) == 1;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>Gives the start up; the supervisor undoes everything and then ends its messages.</summary>
    public void Cancel()
    {
        try
        {
            channel.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
            // It is gone already.
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        channel.Dispose();
        words.Dispose();
        if (process is not null)
        {
            Reap(process);
            process.Dispose();
        }
    }

    // The process started here has handed over to the supervisor proper and ended at once.
    private static void Reap(FileDescriptor process)
    {
        if (Poller.WaitReadable(process, ReapTime))
        {
            try
            {
                _ = ProcessDescriptor.TryReap(process);
            }
            catch (SystemCallException)
            {
                // A host that ignores SIGCHLD has its children reaped by the kernel.
            }
        }
    }

    private bool TryParse(out ReportMessage? message)
    {
        message = null;
        if (!lines.TryRead(out var line))
        {
            return false;
        }

        message = JsonSerializer.Deserialize(line.Span, ReportJsonContext.Default.ReportMessage);
        return true;
    }
}
