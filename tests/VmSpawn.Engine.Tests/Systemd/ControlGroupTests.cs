using VmSpawn.Engine.Systemd;
using Xunit;

namespace VmSpawn.Engine.Tests.Systemd;

public sealed class ControlGroupTests
{
    [Theory]
    [InlineData("0::/machine.slice/machine-1-web.scope\n", "machine-1-web.scope", false)]
    [InlineData("0::/user.slice/user-0.slice/session-3.scope\n", "session-3.scope", true)]
    [InlineData("0::/user.slice/user-1000.slice/user@1000.service/app.slice/a.scope\n", "a.scope", true)]
    [InlineData("0::/system.slice/vmspawn-web.service\n", "vmspawn-web.service", false)]
    [InlineData("0::/system.slice/ssh.service/inner\n", "ssh.service", false)]
    [InlineData("0::/\n", null, false)]
    public void The_unit_is_the_innermost_that_is_no_slice(string text, string? unit, bool isOfSession)
    {
        var group = ControlGroup.Parse(text)!;

        Assert.Equal(unit, group.Unit);
        Assert.Equal(isOfSession, group.IsOfUserSession);
    }

    [Fact]
    public void Beside_old_hierarchies_that_of_systemd_counts() =>
        Assert.Equal(
            "a.scope",
            ControlGroup.Parse("12:cpu:/other\n1:name=systemd:/machine.slice/a.scope\n0::/x.scope\n")!.Unit
        );

    [Fact]
    public void In_a_container_the_hierarchy_with_units_counts() =>
        Assert.Equal("a.scope", ControlGroup.Parse("1:name=systemd:/\n0::/a.scope\n")!.Unit);

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("3:cpu:/a.scope\n")]
    public void Without_either_there_is_none(string text) => Assert.Null(ControlGroup.Parse(text));
}
