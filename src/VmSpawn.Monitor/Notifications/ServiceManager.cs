using System.Text;
using VmSpawn.Engine.Machines;
using VmSpawn.Engine.Native;
using VmSpawn.Engine.Planning;
using VmSpawn.Engine.Supervision;

namespace VmSpawn.Monitor.Notifications;

/// <summary>
/// The service manager that waits to hear of the VM (sd_notify(3)). It is told without waiting; if it takes nothing for
/// a while, it is given up: the VM does not depend on it.
/// </summary>
internal sealed class ServiceManager : IDisposable
{
    private const int MostUnsent = 32;
    private const int MostAttempts = 50;
    private static readonly TimeSpan BetweenAttempts = TimeSpan.FromMilliseconds(100);

    private readonly EventLoop loop;
    private readonly PlannedServiceManager planned;
    private readonly FileDescriptor socket = DatagramSocket.Create();
    private readonly Queue<byte[]> unsent = [];
    private LoopTimer? retry;
    private int attempts;

    public ServiceManager(EventLoop loop, PlannedServiceManager planned) => (this.loop, this.planned) = (loop, planned);

    /// <summary>QEMU runs the guest (the spec, section 11.6).</summary>
    /// <param name="qemu">QEMU's process id.</param>
    public void TellStarted(int qemu)
    {
        var main = planned.IsMainProcess ? $"MAINPID={Environment.ProcessId}\n" : "";
        Send($"{main}STATUS=VM started.\nX_VMSPAWN_LEADER_PID={qemu}");
        if (planned.ReadyAtStart)
        {
            Send("READY=1");
        }
    }

    /// <summary>The guest has told something new of itself (the spec, section 7.2).</summary>
    public void Tell(GuestReport before, GuestReport now)
    {
        if (now.ReadyAt is not null && before.ReadyAt is null)
        {
            if (!planned.ReadyAtStart)
            {
                Send("READY=1");
            }

            if (now.Status is null)
            {
                Send("STATUS=VM running.");
            }
        }

        if (now.Status is not null && now.Status != before.Status)
        {
            Send($"STATUS=VM running: {now.Status}");
        }
    }

    /// <summary>The VM has ended.</summary>
    public void TellEnd(int? exitStatus) =>
        Send(exitStatus is { } status ? $"STOPPING=1\nEXIT_STATUS={status}" : "STOPPING=1");

    /// <inheritdoc/>
    public void Dispose()
    {
        retry?.Dispose();
        socket.Dispose();
    }

    private void Send(string message)
    {
        if (unsent.Count < MostUnsent)
        {
            unsent.Enqueue(Encoding.UTF8.GetBytes(message));
        }

        if (retry is null)
        {
            Flush();
        }
    }

    private void Flush()
    {
        retry = null;
        while (unsent.TryPeek(out var message))
        {
            var outcome = DatagramSocket.Send(socket, planned.Socket, message);
            if (outcome == false && ++attempts < MostAttempts)
            {
                retry = loop.After(BetweenAttempts, Flush);
                return;
            }

            // Sent, or of no use to try: nobody is there, or nobody listens.
            attempts = 0;
            unsent.Dequeue();
        }
    }
}
