using VmSpawn.PowerShell.Tests.Hosting;

namespace VmSpawn.PowerShell.Tests.Commands;

public sealed class VmSpawnServiceTests : IDisposable
{
    private readonly TestShell _shell = new();

    public void Dispose() => _shell.Dispose();

    private string Units => Path.Join(_shell.Directory.FullName, "units");

    [Fact]
    public void Parameters_of_a_start_become_the_command_of_a_service()
    {
        var service = Register("-Image a.raw -Ram 2GB -Ephemeral -ExtraDrive /b.raw, \"/it's.raw\" quiet 'x y'")
            .Single<VmService>();

        var unit = File.ReadAllText(service.Path);
        var image = Path.Join(_shell.Directory.FullName, "a.raw");
        Assert.Contains($" -Image '{image}' ", unit, StringComparison.Ordinal);
        Assert.Contains(" -Ram '2GB' ", unit, StringComparison.Ordinal);
        Assert.Contains(" -Ephemeral:$$true ", unit, StringComparison.Ordinal);
        Assert.Contains(" -ExtraDrive '/b.raw', '/it''s.raw' ", unit, StringComparison.Ordinal);
        Assert.Contains(" -KernelArgument 'quiet', 'x y'", unit, StringComparison.Ordinal);
        Assert.Contains(" -KeepUnit -Quiet\"\n", unit, StringComparison.Ordinal);
        Assert.Contains(
            "\"/opt/pwsh\" \"-NoProfile\" \"-NonInteractive\" \"-Command\" ",
            unit,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Settings_of_the_unit_are_not_passed_on()
    {
        var unit = File.ReadAllText(
            Register("-Image /a.raw -Slice test -Property MemoryMax=6G").Single<VmService>().Path
        );

        Assert.Contains("\nMemoryMax=6G\n", unit, StringComparison.Ordinal);
        Assert.DoesNotContain("-Slice", unit, StringComparison.Ordinal);
        Assert.DoesNotContain("-Property", unit, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatIf_writes_nothing()
    {
        Assert.Empty(Register("-Image /a.raw -WhatIf").Output);
        Assert.False(Directory.Exists(Units));
    }

    [Theory]
    [InlineData("-Image /a.raw -Ram lots", "InvalidRam")]
    [InlineData("-Image /a.raw -Slice a--b", "InvalidSlice")]
    [InlineData("-Image /a.raw -System -User", "SystemAndUser")]
    public void A_bad_description_is_refused_and_nothing_is_written(string arguments, string errorId)
    {
        var result = Register(arguments);

        Assert.StartsWith(errorId, result.SingleError().FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Units));
    }

    [Fact]
    public void Services_are_listed_and_removed_by_pipeline()
    {
        var name = Register("-Image /a.raw").Single<VmService>().Name;

        Assert.Equal(name, _shell.Run($"Get-VmSpawnService -Path '{Units}'").Single<VmService>().Name);
        Assert.Empty(
            _shell.Run($"Get-VmSpawnService -Path '{Units}' | Unregister-VmSpawnService -Path '{Units}'").Errors
        );
        Assert.Empty(Directory.GetFiles(Units));
        Assert.StartsWith(
            "ServiceNotFound",
            _shell.Run($"Unregister-VmSpawnService {name} -Path '{Units}'").SingleError().FullyQualifiedErrorId,
            StringComparison.Ordinal
        );
    }

    private ShellResult Register(string arguments) =>
        _shell.Run($"Register-VmSpawnService -Path '{Units}' -PowerShell /opt/pwsh {arguments}");
}
