using System.Text.Json;
using VmSpawn.Engine.Machines;
using VmSpawn.Engine.Native;
using VmSpawn.Engine.Qemu;
using VmSpawn.Engine.Supervision;

namespace VmSpawn.Monitor.Serving;

/// <summary>The control socket: JSON lines, any number of clients up to a limit.</summary>
internal sealed class ControlServer : IDisposable
{
    private const int ClientLimit = 64;
    private static readonly TimeSpan FinalFlushTime = TimeSpan.FromSeconds(1);

    private readonly EventLoop loop;
    private readonly IControlTarget target;
    private readonly FileDescriptor listener;
    private readonly LoopWatch watch;
    private readonly List<ControlClient> clients = [];

    public ControlServer(EventLoop loop, string path, IControlTarget target)
    {
        this.loop = loop;
        this.target = target;
        listener = UnixSocket.Listen(path);
        listener.SetNonBlocking();
        watch = loop.Watch(listener, PollEvents.Readable, _ => Accept());
    }

    /// <summary>Tells subscribers of a change of state.</summary>
    public void Publish(MachineRecord record) =>
        Publish(new ControlReply { Event = ControlReply.StateEvent, Record = record });

    /// <summary>Tells subscribers of something QEMU reported.</summary>
    public void Publish(QmpEvent change) =>
        Publish(
            new ControlReply
            {
                Event = change.Name,
                Data = change.Data.ValueKind == JsonValueKind.Undefined ? null : change.Data,
            }
        );

    /// <summary>Takes no more clients. Those that are there stay, to be told of the end.</summary>
    public void Dispose()
    {
        watch.Dispose();
        listener.Dispose();
    }

    /// <summary>Tells those who wait for it that nothing of the VM is left, and closes all connections.</summary>
    public async Task FinishAsync(MachineRecord final)
    {
        var flushed = loop.DelayAsync(FinalFlushTime);
        foreach (var client in clients.ToArray())
        {
            client.Finish(final);
        }

        while (clients.Any(client => client.HasUnsent) && !flushed.IsCompleted)
        {
            await loop.DelayAsync(TimeSpan.FromMilliseconds(10));
        }

        foreach (var client in clients.ToArray())
        {
            client.Dispose();
        }
    }

    /// <summary>Tells subscribers of an event.</summary>
    public void Publish(ControlReply change)
    {
        foreach (var client in clients.ToArray())
        {
            if (client.IsSubscribed)
            {
                client.Send(change);
            }
        }
    }

    private void Accept()
    {
        while (UnixSocket.Accept(listener) is { } socket)
        {
            if (clients.Count == ClientLimit)
            {
                socket.Dispose();
                continue;
            }

            clients.Add(new ControlClient(loop, socket, target, client => clients.Remove(client)));
        }
    }
}
