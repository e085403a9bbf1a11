using System.Management.Automation;
using VmSpawn.PowerShell.Tests.Fakes;
using VmSpawn.PowerShell.Tests.Hosting;

namespace VmSpawn.PowerShell.Tests.Completion;

public sealed class CompletionTests : IDisposable
{
    private readonly TestShell _shell = new();

    public CompletionTests()
    {
        _shell.Engine.Add(Samples.Running("db"), Samples.Running("web1"), Samples.Ended(Samples.Running("web2"), 0));
        _shell.Engine.Firmware =
        [
            Samples.Firmware("40-a b.json", "x86_64", "secure-boot"),
            Samples.Firmware("50-b.json", "x86_64", "acpi-s3", "secure-boot"),
        ];
    }

    public void Dispose() => _shell.Dispose();

    [Theory]
    [InlineData("Get-VmSpawn w", "web1 web2")]
    [InlineData("Stop-VmSpawn -Name ", "db web1 web2")]
    [InlineData("Wait-VmSpawn DB", "db")]
    [InlineData("Wait-VmSpawn db -For ", "Exit Running")]
    [InlineData("Get-VmSpawn -State Sto", "Stopped Stopping")]
    [InlineData("Stop-VmSpawn db -Timeout 1", "10s 1h 1m")]
    [InlineData("Start-VmSpawn -Kvm ", "auto no yes")]
    [InlineData("Start-VmSpawn -SecureBoot y", "yes")]
    [InlineData("Start-VmSpawn -Ram 1", "16G 1G")]
    [InlineData("Start-VmSpawn -Firmware ", "'/fw/40-a b.json' /fw/50-b.json auto bios none uefi")]
    [InlineData("Start-VmSpawn -Firmware '/fw/4", "'/fw/40-a b.json'")]
    [InlineData("Get-VmFirmware /fw/5", "/fw/50-b.json")]
    [InlineData("Get-VmFirmware -Feature s", "secure-boot")]
    [InlineData("Get-VmFirmware -Architecture aa", "aarch64")]
    [InlineData("New-VmSpawnPlan -Ke", "-Kernel -KernelArgument")]
    public void Values_are_completed(string line, string expected)
    {
        using var shell = _shell.Create("TabExpansion2 $args[0] $args[0].Length | ForEach-Object CompletionMatches");
        var matches = shell.AddArgument(line).Invoke<CompletionResult>();

        Assert.Equal(
            expected,
            string.Join(' ', matches.Select(match => match.CompletionText).Order(StringComparer.Ordinal))
        );
        Assert.All(matches, match => Assert.NotEqual("", match.ToolTip));
    }
}
