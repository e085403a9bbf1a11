using VmSpawn.Engine.Planning;
using VmSpawn.Engine.Systemd;
using Xunit;

namespace VmSpawn.Engine.Tests.Systemd;

/// <summary>Whole command lines; the container tests of the boot tests show that a real systemd takes them.</summary>
public sealed class BusCommandTests
{
    private readonly BusCommand system = new("/usr/bin/busctl", ServiceManager.System);

    [Fact]
    public void A_scope_is_made_of_its_properties_and_processes()
    {
        var scope = new PlannedScope(
            "machine-1-web.scope",
            [BusProperty.Text("Slice", "machine.slice"), BusProperty.Bytes("AllowedCPUs", [3])],
            IsRequired: false
        );

        Assert.Equal(
            [
                "/usr/bin/busctl",
                "--system",
                "--timeout=5",
                "--allow-interactive-authorization=no",
                "call",
                "org.freedesktop.systemd1",
                "/org/freedesktop/systemd1",
                "org.freedesktop.systemd1.Manager",
                "StartTransientUnit",
                "ssa(sv)a(sa(sv))",
                "machine-1-web.scope",
                "fail",
                "3",
                .. "Slice s machine.slice AllowedCPUs ay 1 3 PIDs au 2 10 20".Split(' '),
                "0",
            ],
            system.StartScope(scope, [10, 20])
        );
    }

    [Fact]
    public void A_machine_is_registered_with_its_identity()
    {
        var machine = new PlannedMachine
        {
            Name = "web",
            Id = "000102030405060708090a0b0c0d0e0f",
            Service = "vmspawn",
            RootDirectory = "/srv/my tree",
            Socket = "/none",
            IsRequired = true,
        };

        Assert.Equal(
            [
                .. "org.freedesktop.machine1 /org/freedesktop/machine1 org.freedesktop.machine1.Manager".Split(' '),
                .. "RegisterMachineWithNetwork sayssusai web 16 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15".Split(' '),
                .. "vmspawn vm 4711".Split(' '),
                "/srv/my tree",
                "0",
            ],
            system.Register(machine, 4711).Skip(5)
        );
        Assert.Equal("0", system.Register(machine with { Id = null }, 4711)[11]);
    }

    [Fact]
    public void The_users_service_manager_has_another_bus() =>
        Assert.Equal("--user", new BusCommand("busctl", ServiceManager.User).Unregister("web")[1]);

    [Theory]
    [InlineData("web", "web")]
    [InlineData("web-1", "web_2d1")]
    [InlineData("1a", "_31a")]
    public void A_name_becomes_a_part_of_a_path(string name, string label) =>
        Assert.Contains($"/org/freedesktop/machine1/machine/{label}", system.GetLeader(name));
}
