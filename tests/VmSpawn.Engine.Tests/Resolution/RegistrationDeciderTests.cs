using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Host;
using VmSpawn.Engine.Planning;
using VmSpawn.Engine.Resolution;
using VmSpawn.Engine.Systemd;
using VmSpawn.Engine.Tests.Fakes;
using Xunit;

namespace VmSpawn.Engine.Tests.Resolution;

public sealed class RegistrationDeciderTests
{
    private const string MachinedSocket = "/run/systemd/machine/io.systemd.Machine";

    private readonly Scenario scenario = new();

    [Fact]
    public void Without_systemd_nothing_is_told_and_the_reason_is_given()
    {
        var vm = Resolve();

        Assert.Null(vm.Registration);
        Assert.Contains(
            "systemd does not run this host (/run/systemd/system does not exist)",
            ReasonOf(vm, "register")
        );
    }

    [Fact]
    public void Root_has_a_scope_and_an_entry_by_default()
    {
        WithSystemd();

        var registration = Resolve().Registration!;

        Assert.Equal(ServiceManager.System, registration.Manager);
        Assert.Equal("/usr/bin/busctl", registration.Busctl);
        Assert.Equal($"machine-{0x5a5a5a5a5a5a5a5a}-disk.scope", registration.Scope!.Unit);
        Assert.Equal("machine.slice", registration.Scope.Slice.Value);
        Assert.False(registration.Scope.IsRequired);
        Assert.Equal(new ResolvedMachine(MachinedSocket, IsRequired: false), registration.Machine);
    }

    [Fact]
    public void An_ordinary_user_has_a_scope_of_the_users_service_manager_and_no_entry()
    {
        WithUserManager();

        var vm = Resolve();

        Assert.Equal(ServiceManager.User, vm.Registration!.Manager);
        Assert.Null(vm.Registration.Machine);
        Assert.Contains("needs root privileges", ReasonOf(vm, "register"));
    }

    [Fact]
    public void An_ordinary_user_is_not_registered_on_demand_without_a_machined()
    {
        WithUserManager();

        Assert.Equal("RegisterNeedsRoot", Refuse(vm => vm with { Register = Tristate.Yes }).ErrorId);
    }

    [Fact]
    public void An_ordinary_user_with_a_machined_is_registered_on_demand()
    {
        WithUserManager();
        scenario.Host.Files.AddOther("/run/user/1000/systemd/machine/io.systemd.Machine", FileKind.Other);

        Assert.NotNull(Resolve(vm => vm with { Register = Tristate.Yes }).Registration!.Machine);
        Assert.Null(Resolve().Registration!.Machine);
    }

    [Fact]
    public void Without_machined_it_is_off_or_an_error_that_names_the_package()
    {
        WithSystemd();
        scenario.Host.WithoutFile(MachinedSocket);

        var vm = Resolve();
        Assert.Null(vm.Registration!.Machine);
        Assert.Contains("systemd-machined is not installed", ReasonOf(vm, "register"));

        var error = Refuse(configuration => configuration with { Register = Tristate.Yes });
        Assert.Equal("MachinedNotUsable", error.ErrorId);
        Assert.Contains("systemd-container", error.Hint);
    }

    [Fact]
    public void A_machined_that_is_started_on_demand_will_do()
    {
        WithSystemd();
        scenario
            .Host.WithoutFile(MachinedSocket)
            .WithFile("/usr/share/dbus-1/system-services/org.freedesktop.machine1.service");

        Assert.NotNull(Resolve(vm => vm with { Register = Tristate.Yes }).Registration!.Machine);
    }

    [Fact]
    public void What_is_demanded_is_not_left_out()
    {
        WithSystemd();

        var registration = Resolve(vm => vm with { Register = Tristate.Yes }).Registration!;

        Assert.True(registration.Scope!.IsRequired);
        Assert.True(registration.Machine!.IsRequired);
        Assert.True(Resolve(vm => vm with { Slice = SliceName.Parse("a") }).Registration!.Scope!.IsRequired);
    }

    public static TheoryData<string, Func<VmConfiguration, VmConfiguration>> Demands =>
        new()
        {
            { "-Register yes", vm => vm with { Register = Tristate.Yes } },
            { "-System", vm => vm with { ServiceManager = ServiceManager.System } },
            { "-Slice a.slice", vm => vm with { Slice = SliceName.Parse("a") } },
            { "-Property TasksMax=9", vm => vm with { UnitProperties = [UnitProperty.Parse("TasksMax=9")] } },
        };

    [Theory]
    [MemberData(nameof(Demands))]
    public void Demands_are_refused_where_systemd_does_not_run(
        string option,
        Func<VmConfiguration, VmConfiguration> change
    )
    {
        var error = Refuse(change);

        Assert.Equal("ServiceManagerNotUsable", error.ErrorId);
        Assert.Contains(option, error.Message);
    }

    [Fact]
    public void A_missing_busctl_or_bus_is_said()
    {
        WithSystemd();
        scenario.Host.WithoutFile("/usr/bin/busctl");
        Assert.Contains("busctl is not installed", ReasonOf(Resolve(), "register"));

        scenario.Host.WithFile("/usr/bin/busctl").WithoutFile("/run/dbus/system_bus_socket");
        Assert.Contains("no D-Bus of the system", ReasonOf(Resolve(), "register"));
    }

    [Fact]
    public void Keeping_the_unit_makes_no_scope_and_registers_still()
    {
        WithSystemd();
        scenario.Host.ControlGroup = new ControlGroup("/system.slice/vmspawn-web.service");

        var registration = Resolve(vm => vm with { KeepUnit = true }).Registration!;

        Assert.Null(registration.Scope);
        Assert.NotNull(registration.Machine);
    }

    [Fact]
    public void The_unit_of_a_session_is_not_registered_as_a_machine()
    {
        WithSystemd();
        scenario.Host.ControlGroup = new ControlGroup("/user.slice/user-0.slice/session-1.scope");

        var vm = Resolve(configuration => configuration with { KeepUnit = true });
        Assert.Null(vm.Registration);
        Assert.Contains("session-1.scope", ReasonOf(vm, "register"));
        Assert.Equal(
            "KeepUnitInUserSession",
            Refuse(configuration => configuration with { KeepUnit = true, Register = Tristate.Yes }).ErrorId
        );
    }

    [Fact]
    public void Settings_of_a_scope_need_one()
    {
        WithSystemd();

        var error = Refuse(vm => vm with { KeepUnit = true, Slice = SliceName.Parse("a") });

        Assert.Equal("KeepUnitWithScopeSetting", error.ErrorId);
        Assert.Contains("a.slice", error.Message);
    }

    [Fact]
    public void The_plan_shows_the_scope_with_the_users_settings_over_the_usual_ones()
    {
        WithSystemd();

        var plan = LaunchPlanner.Plan(
            Resolve(vm =>
                vm with
                {
                    UnitProperties = [UnitProperty.Parse("KillSignal=SIGTERM"), UnitProperty.Parse("MemoryMax=4G")],
                }
            )
        );

        Assert.Equal(
            [
                "Slice=machine.slice",
                "Description=Virtual Machine disk",
                "CollectMode=inactive-or-failed",
                "TimeoutStopUSec=120000000",
                "KillSignal=15",
                "MemoryMax=4294967296",
            ],
            plan.Registration!.Scope!.Properties.Select(property => property.ToString())
        );
        Assert.Contains("registration:\n  scope machine-", plan.ToText());
        Assert.Contains("machine disk with the system's machined", plan.ToText());
    }

    [Fact]
    public void Only_the_kernels_vsock_is_an_address_for_others()
    {
        WithSystemd();
        scenario.Host.VhostVsock = new(Usable: true, "it works");
        scenario.Host.WithFile("/usr/bin/ssh-keygen");

        var plan = LaunchPlanner.Plan(Resolve());

        var machine = plan.Registration!.Machine!;
        Assert.Equal(plan.Summary.VsockCid, machine.VsockCid);
        Assert.Equal($"vsock/{machine.VsockCid}", machine.SshAddress);
        Assert.Equal("/run/vmspawn/disk/ssh-key", machine.SshPrivateKeyPath);
    }

    private void WithSystemd()
    {
        scenario.Host.WithDirectory("/run/systemd/system").WithFile("/usr/bin/busctl");
        scenario.Host.Files.AddOther("/run/dbus/system_bus_socket", FileKind.Other);
        scenario.Host.Files.AddOther(MachinedSocket, FileKind.Other);
    }

    private void WithUserManager()
    {
        WithSystemd();
        scenario.Host.IsPrivileged = false;
        scenario.Host.WithEnvironment("XDG_RUNTIME_DIR", "/run/user/1000");
        scenario.Host.Files.AddOther("/run/user/1000/systemd/private", FileKind.Other);
        scenario.Host.Files.AddOther("/run/user/1000/bus", FileKind.Other);
    }

    private ResolvedVm Resolve(Func<VmConfiguration, VmConfiguration>? change = null) =>
        scenario.Resolve((change ?? (vm => vm))(Scenario.FromDisk));

    private VmSpawnException Refuse(Func<VmConfiguration, VmConfiguration> change) =>
        Assert.ThrowsAny<VmSpawnException>(() => Resolve(change));

    private static string ReasonOf(ResolvedVm vm, string subject) =>
        Assert.Single(vm.Decisions, decision => decision.Subject == subject).Reason;
}
