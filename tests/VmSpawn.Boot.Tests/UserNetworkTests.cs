using System.Net;
using System.Net.Sockets;
using System.Text;

namespace VmSpawn.Boot.Tests;

/// <summary>A guest on QEMU's user mode network.</summary>
[Trait("Boot", "network")]
public sealed class UserNetworkTests(TinyGuest guest) : IAsyncLifetime
{
    private readonly Scene _scene = new(guest);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task The_guest_gets_an_address_and_answers_at_a_forwarded_port()
    {
        var port = FreePort();
        var forward = PortForward.Parse($"{port}:8080");
        var configuration = Networked(
            forward,
            "vmspawn.dhcp",
            // It serves in the background, so that init goes on.
            GuestScript.Argument("mkdir /www; echo served by the guest >/www/index.html; httpd -p 8080 -h /www")
        );
        var machine = await _scene.StartAsync(configuration);
        Assert.Equal([forward.ToString()], machine.Summary.PortForwards);
        await _scene.ConsoleSaysAsync(machine, "vmspawn-guest: address 10.0.2.15/");
        await _scene.ConsoleSaysAsync(machine, "vmspawn-guest: ready");

        Assert.Contains("served by the guest", await GetAsync(port));

        var error = Assert.Throws<VmSpawnException>(() =>
            _scene.Plan(configuration with { Name = MachineName.Parse("other") })
        );
        Assert.Equal("HostPortInUse", error.ErrorId);
        await _scene.StopAsync(machine);
        _ = _scene.Plan(configuration);
    }

    [Fact]
    public async Task A_port_that_is_taken_at_the_last_moment_ends_the_start_with_QEMUs_words()
    {
        var port = FreePort();
        var plan = _scene.Plan(Networked(PortForward.Parse($"{port}:8080")));
        using var other = new TcpListener(IPAddress.Loopback, port);
        other.Start();

        var error = await Assert.ThrowsAnyAsync<VmSpawnException>(() => _scene.StartAsync(plan));

        Assert.Contains($"Could not set up host forwarding rule 'tcp:127.0.0.1:{port}-:8080'", error.Message);
        await _scene.NothingIsLeftAsync();
    }

    private VmConfiguration Networked(PortForward forward, params string[] arguments) =>
        _scene.KernelBoot(arguments) with
        {
            Network = NetworkMode.User,
            // It would get a forwarded port of its own.
            PassSshKey = Tristate.No,
            PortForwards = [forward],
        };

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task<string> GetAsync(int port)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port, _scene.Limit);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes("GET / HTTP/1.0\r\n\r\n"), _scene.Limit);
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync(_scene.Limit);
    }
}
