using VmSpawn.PowerShell.Tests.Hosting;

namespace VmSpawn.PowerShell.Tests.Commands;

public sealed class StartVmSpawnTests : IDisposable
{
    private readonly TestShell _shell = new();

    public void Dispose() => _shell.Dispose();

    [Fact]
    public void A_start_writes_the_running_vm()
    {
        var machine = _shell.Run("Start-VmSpawn -Image /srv/disk.raw").Single<VirtualMachine>();

        Assert.Equal("disk", machine.Name);
        Assert.Equal("Running", machine.State);
        Assert.Equal(["start disk"], _shell.Engine.Calls);
    }
}
