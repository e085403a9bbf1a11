using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Host;
using VmSpawn.Engine.Planning;
using VmSpawn.Engine.Resolution;
using VmSpawn.Engine.Tests.Fakes;
using Xunit;

namespace VmSpawn.Engine.Tests.Resolution;

/// <summary>Which guest gets an SSH key, and by which way the host uses it.</summary>
public sealed class SshKeyDeciderTests
{
    private const string Tree = "/trees/debian";
    private readonly Scenario _scenario = new();

    public SshKeyDeciderTests() =>
        _scenario
            .Host.WithFiles("/usr/bin/ssh-keygen", "/usr/bin/ssh", "/usr/libexec/virtiofsd", $"{Tree}/boot/linux")
            .WithFile($"{Tree}/boot/loader/entries/debian.conf", "linux /linux\n");

    private static VmConfiguration Disk => Scenario.FromDisk with { Network = NetworkMode.User };

    [Fact]
    public void Vsock_of_the_kernel_is_the_first_way()
    {
        _scenario.Host.VhostVsock = new DeviceAccess(Usable: true, "it can be opened");

        var plan = _scenario.Plan(Disk);

        Assert.Equal($"vsock/{plan.Summary.VsockCid}", plan.Ssh!.Address);
        Assert.Equal("/run/vmspawn/disk/ssh-key", plan.Ssh.KeyPath);
        Assert.Equal("/usr/bin/ssh", plan.Ssh.Client);
        Assert.Empty(plan.Summary.PortForwards);
        Assert.Equal(
            ["systemd.unit-dropin.sshd-vsock@.service", "ssh.ephemeral-authorized_keys-all"],
            CredentialsOf(plan)
        );
    }

    [Fact]
    public void Vsock_of_a_daemon_is_a_socket_in_the_run_directory()
    {
        _scenario.Host.WithFiles("/usr/bin/vhost-device-vsock");

        Assert.Equal("vsock-mux/run/vmspawn/disk/vsock", _scenario.Plan(Disk).Ssh!.Address);
    }

    [Fact]
    public void Without_vsock_an_image_gets_a_server_that_leaves_nothing_in_it()
    {
        var plan = _scenario.Plan(Disk);

        Assert.Equal("127.0.0.1:40022", plan.Ssh!.Address);
        Assert.Equal(["tcp:127.0.0.1:40022:7022"], plan.Summary.PortForwards);
        Assert.Equal(
            [
                "systemd.extra-unit.vmspawn-ssh.socket",
                "systemd.extra-unit.vmspawn-ssh@.service",
                "systemd.unit-dropin.sockets.target~vmspawn-ssh",
                "ssh.ephemeral-authorized_keys-all",
            ],
            CredentialsOf(plan)
        );
    }

    [Fact]
    public void Roots_list_of_keys_is_changed_where_that_is_asked_for_or_forgotten()
    {
        Assert.Equal(["ssh.authorized_keys.root"], CredentialsOf(_scenario.Plan(Disk with { Ephemeral = true })));
        var asked = _scenario.Plan(Disk with { PassSshKey = Tristate.Yes });
        Assert.Equal(["ssh.authorized_keys.root"], CredentialsOf(asked));
        Assert.Equal(["tcp:127.0.0.1:40022:22"], asked.Summary.PortForwards);
    }

    [Fact]
    public void A_forward_of_the_user_to_the_guests_server_is_used()
    {
        _scenario.Host.WithFiles("/usr/bin/vhost-device-vsock");

        var plan = _scenario.Plan(
            Disk with
            {
                PassSshKey = Tristate.Yes,
                PortForwards = [PortForward.Parse("0.0.0.0:2222:22")],
            }
        );

        Assert.Equal("127.0.0.1:2222", plan.Ssh!.Address);
        Assert.Equal(["tcp:0.0.0.0:2222:22"], plan.Summary.PortForwards);
    }

    [Fact]
    public void A_port_that_the_user_forwards_is_not_taken_for_ssh()
    {
        _scenario.Host.FreePorts.Clear();
        _scenario.Host.FreePorts.Enqueue(8080);
        _scenario.Host.FreePorts.Enqueue(40023);

        var plan = _scenario.Plan(Disk with { PortForwards = [PortForward.Parse("8080:80")] });

        Assert.Equal("127.0.0.1:40023", plan.Ssh!.Address);
    }

    [Theory]
    [InlineData("libsystemd-shared-252.so", Tristate.Auto, null)]
    [InlineData("libsystemd-shared-252.so", Tristate.Yes, SshRoute.OwnServer)]
    [InlineData("libsystemd-shared-257.so", Tristate.Auto, SshRoute.HandedServer)]
    [InlineData("libsystemd-shared-257.so", Tristate.Yes, SshRoute.HandedServer)]
    public void What_systemd_a_tree_has_decides_the_way(string library, Tristate wanted, SshRoute? expected)
    {
        _scenario.Host.WithFiles($"{Tree}/usr/lib/systemd/{library}");

        var vm = _scenario.Resolve(
            new VmConfiguration
            {
                Directory = HostPath.Parse(Tree, "directory"),
                Firmware = FirmwareChoice.None,
                Network = NetworkMode.User,
                PassSshKey = wanted,
            }
        );

        Assert.Equal(expected, vm.SshKey?.Route);
        if (expected is null)
        {
            Assert.Contains("-PassSshKey yes", vm.Decisions.Single(decision => decision.Subject == "ssh key").Reason);
        }
    }

    [Fact]
    public void Vsock_is_no_way_into_a_tree_with_an_old_systemd()
    {
        _scenario.Host.WithFiles($"{Tree}/usr/lib/systemd/libsystemd-shared-252.so", "/usr/bin/vhost-device-vsock");
        var tree = new VmConfiguration
        {
            Directory = HostPath.Parse(Tree, "directory"),
            Firmware = FirmwareChoice.None,
        };

        Assert.Null(_scenario.Resolve(tree).SshKey);
        var reachable = _scenario.Plan(tree with { Network = NetworkMode.User, Ephemeral = true });
        Assert.Equal("127.0.0.1:40022", reachable.Ssh!.Address);
    }

    [Fact]
    public void A_key_that_was_asked_for_is_made_although_no_way_is_known()
    {
        var plan = _scenario.Plan(Scenario.FromDisk with { PassSshKey = Tristate.Yes });

        Assert.Null(plan.Ssh!.Address);
        Assert.Contains("ssh.ephemeral-authorized_keys-all", CredentialsOf(plan));
    }

    [Fact]
    public void A_given_key_is_used_where_it_is()
    {
        _scenario.Host.WithFiles("/home/me/key");

        var plan = _scenario.Plan(Disk with { SshKey = HostPath.Parse("/home/me/key", "ssh-key") });

        Assert.Equal("/home/me/key", plan.Ssh!.KeyPath);
        Assert.Empty(plan.Files.OfType<CommandFile>());
        var handed = plan
            .Files.OfType<WrittenFile>()
            .Single(file => file.Path.EndsWith("ssh-key-credential", StringComparison.Ordinal));
        Assert.Equal(
            $"io.systemd.credential.binary:ssh.authorized_keys.root={Convert.ToBase64String("ssh-ed25519 AAAA /home/me/key\n"u8)}",
            System.Text.Encoding.ASCII.GetString(handed.Content.AsSpan())
        );
    }

    [Fact]
    public void Of_a_key_that_ends_with_a_process_the_machine_gets_a_copy()
    {
        const string Key = "/run/vmspawn/.keys/1-1/ed25519-a";
        _scenario.Host.WithFiles(Key);

        var plan = _scenario.Plan(Disk with { SshKey = HostPath.Parse(Key, "ssh-key") });

        Assert.Equal("/run/vmspawn/disk/ssh-key", plan.Ssh!.KeyPath);
        Assert.Contains(new CopiedFile("/run/vmspawn/disk/ssh-key", Key), plan.Files);
    }

    [Fact]
    public void The_client_is_what_the_environment_names()
    {
        _scenario.Host.WithEnvironment("SYSTEMD_SSH", "/opt/ssh");
        Assert.Equal("/opt/ssh", _scenario.Plan(Disk).Ssh!.Client);
    }

    [Fact]
    public void What_cannot_be_is_refused()
    {
        var key = HostPath.Parse("/home/me/key", "ssh-key");
        Assert.Equal("SshKeyNotFound", ErrorOf(Disk with { SshKey = key }));
        Assert.Equal("SshKeyNotPassed", ErrorOf(Disk with { SshKey = key, PassSshKey = Tristate.No }));
        _scenario.Host.FreePorts.Clear();
        _scenario.Host.FreePorts.Enqueue(8080);
        Assert.Equal("NoFreePort", ErrorOf(Disk with { PortForwards = [PortForward.Parse("8080:80")] }));
        _scenario.Host.WithoutFile("/usr/bin/ssh-keygen");
        Assert.Equal("SshKeygenNotFound", ErrorOf(Disk with { PassSshKey = Tristate.Yes }));
        Assert.Null(_scenario.Resolve(Disk).SshKey);
    }

    private static IEnumerable<string> CredentialsOf(LaunchPlan plan) =>
        plan.Credentials.Select(credential => credential.Id).Where(id => id.Contains("ssh", StringComparison.Ordinal));

    private string ErrorOf(VmConfiguration configuration) =>
        Assert.ThrowsAny<VmSpawnException>(() => _scenario.Resolve(configuration)).ErrorId;
}
