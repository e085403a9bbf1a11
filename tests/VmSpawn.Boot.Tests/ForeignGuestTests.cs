namespace VmSpawn.Boot.Tests;

/// <summary>A guest of another architecture than the host's.</summary>
[Trait("Boot", "foreign")]
public sealed class ForeignGuestTests : IClassFixture<ForeignGuest>, IAsyncLifetime
{
    private readonly Scene _scene;

    public ForeignGuestTests(ForeignGuest guest)
    {
        Prerequisite.RequireOfHost(
            File.Exists("/etc/debian_version"),
            "The guest for aarch64 is made of Debian's packages, which this host cannot download."
        );
        Prerequisite.RequireProgram("qemu-system-aarch64", "qemu-system-arm");
        _scene = new Scene(guest);
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task A_kernel_for_aarch64_boots()
    {
        var configuration = _scene.KernelBoot("vmspawn.poweroff", "one=1") with
        {
            Architecture = ForeignGuest.Architecture,
            Cpus = CpuTopology.FromCount(2),
        };

        var ended = await _scene.WaitForExitAsync(await _scene.StartAsync(configuration));

        Assert.Equal(0, ended.ExitStatus);
        var console = _scene.ConsoleOf(ended);
        Assert.Matches(@"vmspawn-guest: kernel \S+ on aarch64, 2 cpus", console);
        Assert.Contains(" one=1", console);
        Assert.Contains("vmspawn-guest: rng virtio_rng", console);
    }

    [Fact]
    public async Task A_disk_for_aarch64_boots_through_uefi_with_arguments()
    {
        Prerequisite.RequireProgram("aarch64-linux-gnu-objcopy", "binutils-aarch64-linux-gnu");
        Prerequisite.Require(
            Directory.Exists("/usr/share/AAVMF"),
            "There is no UEFI firmware for aarch64: install qemu-efi-aarch64, or run './pwshw build.ps1 Setup'."
        );
        var configuration = _scene.DiskBoot("vmspawn.poweroff", "from=smbios") with
        {
            Architecture = ForeignGuest.Architecture,
        };

        var ended = await _scene.WaitForExitAsync(await _scene.StartAsync(configuration));

        Assert.Equal(0, ended.ExitStatus);
        var console = _scene.ConsoleOf(ended);
        Assert.Matches(@"vmspawn-guest: kernel \S+ on aarch64", console);
        Assert.Contains("vmspawn-guest: firmware uefi", console);
        Assert.Contains("from=smbios", console);
        Assert.Contains("vmspawn-guest: disk vda bytes=67108864 ro=0", console);
    }
}
