using System.Management.Automation;
using System.Management.Automation.Internal;
using VmSpawn.Output;
using VmSpawn.PowerShell.Tests.Fakes;
using VmSpawn.PowerShell.Tests.Hosting;

namespace VmSpawn.PowerShell.Tests.Output;

public sealed class VirtualMachineTests : IDisposable
{
    private readonly TestShell _shell = new();

    public VirtualMachineTests() =>
        _shell.Engine.Add(Samples.Running("web1"), Samples.Ended(Samples.Running("web2"), 3));

    public void Dispose() => _shell.Dispose();

    [Fact]
    public void A_running_vm_has_processes_and_no_end()
    {
        var record = Samples.Running("a");
        var machine = VirtualMachineFactory.Create(record, Samples.Start.AddSeconds(61));

        Assert.Equal(record.Id, machine.Id);
        Assert.Equal(TimeSpan.FromSeconds(61), machine.Uptime);
        Assert.Equal(Samples.Start.LocalDateTime, machine.StartedAt);
        Assert.Equal(DateTimeKind.Local, machine.StartedAt!.Value.Kind);
        Assert.Equal((102, 101), (machine.ProcessId, machine.MonitorProcessId));
        Assert.Equal("/run/vmspawn/a/console.log", machine.ConsoleLog);
        Assert.Null(machine.EndedAt);
        Assert.Null(machine.ExitStatus);
    }

    [Fact]
    public void An_ended_vm_has_an_end_and_no_processes()
    {
        var record = Samples.Ended(Samples.Running("a"), 3);
        var machine = VirtualMachineFactory.Create(record, Samples.Start.AddDays(1));

        Assert.Equal(TimeSpan.FromSeconds(90), machine.Uptime);
        Assert.Equal(3, machine.ExitStatus);
        Assert.Equal("guest-shutdown", machine.EndReason);
        Assert.Null(machine.ProcessId);
        Assert.Null(machine.MonitorProcessId);
    }

    [Fact]
    public void Forwarded_ports_are_listed()
    {
        var record = Samples.Running("a");
        record = record with { Summary = record.Summary with { PortForwards = ["tcp:127.0.0.1:2222:22"] } };

        Assert.Equal(["tcp:127.0.0.1:2222:22"], VirtualMachineFactory.Create(record, Samples.Start).PortForward);
        Assert.Empty(VirtualMachineFactory.Create(Samples.Running("a"), Samples.Start).PortForward);
    }

    [Fact]
    public void Two_snapshots_of_one_start_are_equal()
    {
        var record = Samples.Running("a");

        Assert.Equal(
            VirtualMachineFactory.Create(record, Samples.Start),
            VirtualMachineFactory.Create(Samples.Ended(record, 0), Samples.Start)
        );
        Assert.NotEqual(
            VirtualMachineFactory.Create(record, Samples.Start),
            VirtualMachineFactory.Create(Samples.Running("a"), Samples.Start)
        );
    }

    [Fact]
    public void The_table_is_compact()
    {
        _shell.Run("Get-VmSpawn | Out-Default");
        var lines = Lines(_shell.Host.Text);

        Assert.Equal("Name                 State    Ready CPUs Memory     Uptime Exit Boots", lines[0]);
        Assert.Matches(@"^web1 +Running +2 +2G +[\dd :]+ +disk\.raw$", lines[2]);
        Assert.Matches(@"^web2 +Stopped +2 +2G +00:01:30 +3 disk\.raw$", lines[3]);
        Assert.All(lines, line => Assert.True(line.Length <= 80));
    }

    [Fact]
    public void Objects_survive_serialization()
    {
        var result = _shell.Run(
            """
            $copy = [Management.Automation.PSSerializer]::Deserialize(
                [Management.Automation.PSSerializer]::Serialize((Get-VmSpawn web2)))
            $copy.PSObject.TypeNames[0]
            $copy.Name
            $copy.State -eq 'Stopped'
            $copy.ExitStatus
            $copy.StartedAt -eq (Get-VmSpawn web2).StartedAt
            $copy | Get-VmSpawn | ForEach-Object Name
            """
        );

        Assert.Empty(result.Errors);
        Assert.Equal(["Deserialized.VmSpawn.VirtualMachine", "web2", true, 3, true, "web2"], result.Output);
    }

    [Theory]
    [InlineData(0, "0B")]
    [InlineData(1023, "1023B")]
    [InlineData(2L << 30, "2G")]
    [InlineData(1536L << 20, "1.5G")]
    [InlineData(4L << 40, "4T")]
    public void Sizes_are_short(long bytes, string expected) => Assert.Equal(expected, Display.Size(bytes));

    [Fact]
    public void Long_uptimes_count_days() => Assert.Equal("3d 04:00", Display.Span(new TimeSpan(3, 4, 0, 1)));

    /// <summary>Lines that are not empty, without the escape sequences that the formatter adds.</summary>
    private static string[] Lines(string text) =>
        new StringDecorated(text)
            .ToString(OutputRendering.PlainText)
            .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
