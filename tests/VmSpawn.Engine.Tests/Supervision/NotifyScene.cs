using System.Net.Sockets;
using System.Text;
using VmSpawn.Engine.Machines;
using VmSpawn.Engine.Planning;
using Xunit;

namespace VmSpawn.Engine.Tests.Supervision;

/// <summary>A machine whose guest speaks through a socket, as through a user-space VSOCK, and whose QEMU ends as it is told.</summary>
public abstract class NotifyScene : SceneTests
{
    private protected string NotifySocket => Path.Join(Scene.Root, "vm", "vsock_4711");

    private protected LaunchPlan NotifyPlan(string? helper = null)
    {
        var plan = Scene.Plan();
        return plan with
        {
            Notifications = new SocketNotifications(NotifySocket, helper),
            Summary = plan.Summary with { NotifyTransport = "vsock" },
        };
    }

    private protected Task<MachineRecord> StartAsync() => Scene.StartAsync(NotifyPlan());

    /// <summary>Sends a message as systemd does: ends its side, and waits until the other has.</summary>
    private protected async Task TellAsync(params string[] messages)
    {
        foreach (var message in messages)
        {
            using var guest = Connect();
            await guest.SendAsync(Encoding.UTF8.GetBytes(message), Scene.Limit);
            guest.Shutdown(SocketShutdown.Send);
            Assert.Equal(0, await guest.ReceiveAsync(new byte[1], Scene.Limit));
        }
    }

    private protected Socket Connect()
    {
        var guest = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        guest.Connect(new UnixDomainSocketEndPoint(NotifySocket));
        return guest;
    }

    /// <summary>QEMU does something of itself: <c>exit-7</c>, <c>die-KILL</c>, <c>reset</c>, <c>notify-TEXT</c>.</summary>
    private protected Task QemuAsync(string deed) =>
        ControlClient.SendAsync(
            Scene,
            "vm",
            $$$"""{"execute":"qmp","command":{"execute":"{{{deed.Replace("\n", "\\n", StringComparison.Ordinal)}}}"}}"""
        );

    private protected async Task<MachineRecord> EndAsync(string deed = "exit-0")
    {
        await QemuAsync(deed);
        return await Scene.WaitForExitAsync();
    }

    /// <summary>Waits until the record is so.</summary>
    private protected async Task<MachineRecord> EventuallyAsync(Predicate<MachineRecord> condition, string complaint)
    {
        MachineRecord? found = null;
        await Scene.EventuallyAsync(
            () => (found = Scene.Store.Find("vm")) is not null && condition(found),
            complaint,
            TimeSpan.FromSeconds(20)
        );
        return found!;
    }
}
