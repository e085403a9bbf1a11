using VmSpawn.Engine.Ssh;

namespace VmSpawn.Boot.Tests;

/// <summary>Plain <c>ssh</c>, with the configuration that is written for it, into guests with a current systemd.</summary>
public sealed class SshTests(SystemdGuest guest, TinyGuest tiny) : IClassFixture<SystemdGuest>, IAsyncLifetime
{
    // No network service: what DHCP would give is set by hand. Nobody listens to the power button.
    private const string SetAddress =
        "i=$(ls /sys/class/net | grep ^e); ip link set $i up; ip addr add 10.0.2.15/24 dev $i";
    private static readonly TimeSpan TimeForLogin = TimeSpan.FromMinutes(2);

    private readonly Scene _scene = new(tiny, SystemdGuest.TimeToBoot);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task A_guest_that_hears_no_button_is_logged_in_to_and_stopped_through_a_port()
    {
        RequireClient();
        var machine = await _scene.StartAsync(
            OverPort(guest.Boot("deaf", "systemd.mask=systemd-logind.service", Script))
        );
        Assert.StartsWith("127.0.0.1:", machine.Summary.Ssh!.Address, StringComparison.Ordinal);

        Assert.Equal("root", await LogInAsync(machine, "id -un"));

        var ended = await _scene.StopAsync(machine, new StopRequest { Timeout = TimeSpan.FromMinutes(2) });
        Assert.Equal("guest-shutdown", ended.EndReason);
        Assert.Equal(0, ended.ExitStatus);
        Assert.False(File.Exists(machine.Summary.Ssh.KeyPath));
    }

    [Fact]
    public async Task An_image_that_is_kept_is_logged_in_to_without_a_key_staying_in_it()
    {
        RequireClient();
        var copy = Path.Join(_scene.Files, "guest.raw");
        await HostProgram.RunAsync("cp", "--sparse=always", guest.Image, copy);
        var machine = await _scene.StartAsync(
            OverPort(guest.Boot("kept", Script)) with
            {
                Image = HostPath.Parse(copy, "image"),
                Ephemeral = false,
            }
        );

        Assert.Equal("", await LogInAsync(machine, "cat /root/.ssh/authorized_keys 2>/dev/null"));

        await _scene.StopAsync(machine, new StopRequest { TurnOff = true });
    }

    [Fact]
    public async Task A_guest_is_logged_in_to_over_vsock_of_a_daemon()
    {
        RequireClient();
        using var path = guest.VhostDeviceVsockInPath();
        var machine = await _scene.StartAsync(guest.Boot("vsock", "systemd.mask=systemd-logind.service"));
        Assert.StartsWith("vsock-mux/", machine.Summary.Ssh!.Address, StringComparison.Ordinal);

        // It has no network.
        Assert.Equal("root", await LogInAsync(machine, "id -un"));

        var ended = await _scene.StopAsync(machine, new StopRequest { Timeout = TimeSpan.FromMinutes(2) });
        Assert.Equal("guest-shutdown", ended.EndReason);
    }

    private static string Script => SystemdGuest.ScriptArgument(SetAddress);

    private static VmConfiguration OverPort(VmConfiguration configuration) =>
        configuration with
        {
            Network = NetworkMode.User,
            Vsock = Tristate.No,
        };

    private static void RequireClient()
    {
        Prerequisite.RequireProgram("ssh", "openssh-client");
        Prerequisite.RequireProgram("ssh-keygen", "openssh-client");
    }

    // As a user would: a file, and ssh with it; again until the server is up.
    private async Task<string> LogInAsync(MachineRecord machine, string command)
    {
        var file = Path.Join(_scene.Files, "ssh.conf");
        await File.WriteAllTextAsync(
            file,
            SshConfiguration.Write(machine.Name, machine.Summary.Ssh!, _scene.MonitorPath),
            _scene.Limit
        );
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(_scene.Limit);
        limit.CancelAfter(TimeForLogin);
        while (true)
        {
            var (code, output, complaint) = await HostProgram.TryRunAsync(
                "ssh",
                ["-n", "-F", file, "-o", "BatchMode=yes", "-o", "ConnectTimeout=10", machine.Name, $"{command}; true"]
            );
            if (code == 0)
            {
                return output.Trim();
            }

            Assert.False(limit.IsCancellationRequested, $"ssh: {complaint}\n{_scene.ConsoleOf(machine)}");
            await Task.Delay(1000, _scene.Limit);
        }
    }
}
