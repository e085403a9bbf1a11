using System.Diagnostics;
using System.Net.Sockets;

namespace VmSpawn.Boot.Tests;

/// <summary>
/// Ten thousand notifications, hostile ones among them, while a guest boots and runs: through the socket that a user-space
/// VSOCK brings them to.
/// </summary>
public sealed class HostileNotificationTests(TinyGuest guest) : IAsyncLifetime
{
    private const int Messages = 10_000;
    private const int MostGrowth = 1024;

    private readonly Scene _scene = new(guest);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task They_neither_stall_the_machine_nor_grow_its_supervisor()
    {
        var (machine, socket) = await StartAsync(carrier: null);
        // What the first messages need once is not growth.
        await SendAsync(socket, 500);
        var before = ProcessTable.ResidentKibibytes(machine.Monitor!.Id);

        var held = await SendAsync(socket, Messages);

        var after = ProcessTable.ResidentKibibytes(machine.Monitor!.Id);
        TestContext.Current.TestOutputHelper!.WriteLine($"vmspawn-monitor: {before} KiB, then {after} KiB resident");
        await _scene.ConsoleSaysAsync(machine, "vmspawn-guest: ready");
        await TellAsync(socket, "READY=1\nEXIT_STATUS=7"u8.ToArray());
        var ready = await _scene.Control.WaitAsync("tiny", WaitCondition.Ready, TimeSpan.FromSeconds(10), _scene.Limit);
        Assert.NotNull(ready.Guest!.ReadyAt);
        held.ForEach(one => one.Dispose());

        var ended = await _scene.StopAsync(machine, new StopRequest { TurnOff = true });

        Assert.Equal(7, ended.ExitStatus);
        Assert.Contains(ended.Warnings, warning => warning.Contains("4096", StringComparison.Ordinal));
        Assert.InRange(ended.Warnings.Length, 1, 16);
        Assert.True(after - before <= MostGrowth, $"The supervisor grew from {before} to {after} KiB.");
    }

    [Fact]
    public async Task Those_of_strangers_are_dropped_without_a_look()
    {
        var (machine, socket) = await StartAsync(carrier: "vhost-device-vsock");
        await SendAsync(socket, 500);
        var before = ProcessTable.ResidentKibibytes(machine.Monitor!.Id);

        (await SendAsync(socket, Messages)).ForEach(one => one.Dispose());

        var after = ProcessTable.ResidentKibibytes(machine.Monitor!.Id);
        await TellAsync(socket, "READY=1\nEXIT_STATUS=7"u8.ToArray());
        var ended = await _scene.StopAsync(machine, new StopRequest { TurnOff = true });

        Assert.Null(ended.Guest);
        Assert.Equal(0, ended.ExitStatus);
        Assert.Contains(ended.Warnings, warning => warning.Contains("process", StringComparison.Ordinal));
        Assert.True(after - before <= MostGrowth, $"The supervisor grew from {before} to {after} KiB.");
    }

    private async Task<(MachineRecord Machine, string Socket)> StartAsync(string? carrier)
    {
        var socket = Path.Join(_scene.Root, "tiny", "vsock_4711");
        var plan = _scene.Plan(
            _scene.KernelBoot() with
            {
                Vsock = Tristate.No,
                NotifyTransport = NotifyTransport.None,
            }
        );
        plan = plan with
        {
            Notifications = new SocketNotifications(socket, carrier),
            Summary = plan.Summary with { NotifyTransport = "vsock" },
        };
        return (await _scene.StartAsync(plan), socket);
    }

    /// <returns>The connections that are still open.</returns>
    private async Task<List<Socket>> SendAsync(string socket, int count)
    {
        var held = new List<Socket>();
        var random = new Random(42);
        var binary = new byte[3000];
        random.NextBytes(binary);
        var oversized = new byte[8000];
        Array.Fill(oversized, (byte)'x');
        var slowest = TimeSpan.Zero;
        for (var i = 0; i < count; i++)
        {
            switch (i % 8)
            {
                case 0:
                    await TellAsync(socket, oversized);
                    break;
                case 1:
                    await TellAsync(socket, binary);
                    break;
                case 2 when i % 64 == 2:
                    // Says nothing, and never ends.
                    held.Add(Connect(socket));
                    break;
                case 3 when i % 64 == 3:
                    // Says something, and never ends.
                    var endless = Connect(socket);
                    held.Add(endless);
                    await TrySendAsync(endless, "STATUS=never"u8.ToArray());
                    break;
                case 4:
                    await TellAsync(socket, "EXIT_STATUS=4294967296\nSTATUS=\0\u001b[2J\n\n\n==="u8.ToArray());
                    break;
                case 5:
                    await TellAsync(socket, System.Text.Encoding.ASCII.GetBytes($"X_SYSTEMD_UNIT_ACTIVE=u{i}.target"));
                    break;
                default:
                    await TellAsync(socket, System.Text.Encoding.ASCII.GetBytes($"STATUS=message {i}"));
                    break;
            }

            if (held.Count > 200)
            {
                held[0].Dispose();
                held.RemoveAt(0);
            }

            if (i % 500 == 0)
            {
                var watch = Stopwatch.StartNew();
                Assert.Equal(MachineState.Running, _scene.Store.Find("tiny")!.State);
                slowest = watch.Elapsed > slowest ? watch.Elapsed : slowest;
            }
        }

        Assert.InRange(slowest, TimeSpan.Zero, TimeSpan.FromSeconds(5));
        return held;
    }

    private static Socket Connect(string path)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Connect(new UnixDomainSocketEndPoint(path));
        return socket;
    }

    // Sends a message as systemd does: ends its side, and waits until the other has.
    private async Task TellAsync(string path, byte[] message)
    {
        using var socket = Connect(path);
        if (await TrySendAsync(socket, message))
        {
            try
            {
                socket.Shutdown(SocketShutdown.Send);
                _ = await socket.ReceiveAsync(new byte[1], _scene.Limit);
            }
            catch (SocketException)
            {
                // Closed already, with bytes unread.
            }
        }
    }

    private async Task<bool> TrySendAsync(Socket socket, byte[] message)
    {
        try
        {
            await socket.SendAsync(message, _scene.Limit);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
