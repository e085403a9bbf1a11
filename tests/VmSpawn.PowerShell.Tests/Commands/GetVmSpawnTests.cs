using System.Management.Automation;
using VmSpawn.PowerShell.Tests.Fakes;
using VmSpawn.PowerShell.Tests.Hosting;

namespace VmSpawn.PowerShell.Tests.Commands;

public sealed class GetVmSpawnTests : IDisposable
{
    private readonly TestShell _shell = new();

    public GetVmSpawnTests() =>
        _shell.Engine.Add(
            Samples.Running("web1"),
            Samples.Ended(Samples.Running("web2"), 3),
            Samples.Failed(Samples.Running("db"))
        );

    public void Dispose() => _shell.Dispose();

    [Theory]
    [InlineData("", "db web1 web2")]
    [InlineData("WEB*", "web1 web2")]
    [InlineData("web2, w*, db", "web2 web1 db")]
    [InlineData("-State Running", "web1")]
    [InlineData("-State Stopped, Failed", "db web2")]
    [InlineData("web* -State Failed", "")]
    [InlineData("nothing*", "")]
    public void Names_and_states_select(string arguments, string expected)
    {
        var result = _shell.Run($"Get-VmSpawn {arguments}");

        Assert.Empty(result.Errors);
        Assert.Equal(expected, string.Join(' ', result.Output));
    }

    [Fact]
    public void A_name_that_no_vm_has_is_an_error_for_that_name_only()
    {
        var result = _shell.Run("'nope', 'db' | Get-VmSpawn");

        Assert.Equal("db", Assert.Single(result.Output).ToString());
        var error = Assert.Single(result.Errors);
        Assert.Equal("MachineNotFound,VmSpawn.Commands.GetVmSpawnCommand", error.FullyQualifiedErrorId);
        Assert.Equal(ErrorCategory.ObjectNotFound, error.CategoryInfo.Category);
        Assert.Equal("nope", error.TargetObject);
    }

    [Fact]
    public void Objects_bind_by_their_name() =>
        Assert.Equal("web1 web2", string.Join(' ', _shell.Run("Get-VmSpawn web* | Get-VmSpawn").Output));
}
