using VmSpawn.Engine.Configuration;
using VmSpawn.PowerShell.Tests.Fakes;
using VmSpawn.PowerShell.Tests.Hosting;

namespace VmSpawn.PowerShell.Tests.Commands;

public sealed class GetVmFirmwareTests : IDisposable
{
    private readonly TestShell _shell = new();

    public GetVmFirmwareTests() =>
        _shell.Engine.Firmware = [
            Samples.Firmware("40-enrolled.json", "x86_64", "secure-boot", "enrolled-keys", "requires-smm"),
            Samples.Firmware("50-arm.json", "aarch64"),
            Samples.Firmware("60-plain.json", "x86_64", "acpi-s3") with
            {
                Selected = true,
                Reason = "it is the first that fits",
            },
            Samples.BrokenFirmware("70-broken.json"),
        ];

    public void Dispose() => _shell.Dispose();

    [Theory]
    [InlineData("", "40-enrolled.json 50-arm.json 60-plain.json 70-broken.json")]
    [InlineData("-SecureBoot", "40-enrolled.json")]
    [InlineData("-SecureBoot:$false", "50-arm.json 60-plain.json")]
    [InlineData("-Feature acpi-s3", "60-plain.json")]
    [InlineData("-Feature secure-boot, requires-smm", "40-enrolled.json")]
    [InlineData("-Feature secure-boot, acpi-s3", "")]
    [InlineData("-Architecture arm64", "50-arm.json")]
    [InlineData("[56]0*", "50-arm.json 60-plain.json")]
    [InlineData("60-plain.json, /fw/40*", "40-enrolled.json 60-plain.json")]
    [InlineData("-Path *.json -Architecture x86_64", "40-enrolled.json 60-plain.json")]
    public void Filters_select(string arguments, string expected)
    {
        var result = _shell.Run($"Get-VmFirmware {arguments}");

        Assert.Empty(result.Errors);
        Assert.Equal(
            expected,
            string.Join(' ', result.Output.Cast<Firmware>().Select(item => System.IO.Path.GetFileName(item.Path)))
        );
    }

    [Fact]
    public void A_filter_is_what_the_selection_is_made_by()
    {
        _shell.Run("Get-VmFirmware -Architecture aarch64 -SecureBoot -Feature requires-smm");

        Assert.Equal(["firmware aarch64 Yes requires-smm"], _shell.Engine.Calls);
    }

    [Fact]
    public void An_object_says_what_the_descriptor_says()
    {
        var firmware = _shell.Run("Get-VmFirmware 40-enrolled.json").Single<Firmware>();

        Assert.Equal("/fw/40-enrolled.json", firmware.Path);
        Assert.Equal(["x86_64"], firmware.Architectures);
        Assert.Equal(["pc-q35-*"], firmware.Machines);
        Assert.Equal(["uefi"], firmware.Interfaces);
        Assert.Equal("Flash", firmware.Device);
        Assert.Equal("Split", firmware.Mode);
        Assert.Equal("/fw/code.fd", firmware.Executable);
        Assert.Equal("raw", firmware.ExecutableFormat);
        Assert.Equal("/fw/vars.fd", firmware.NvramTemplate);
        Assert.Equal(["secure-boot", "enrolled-keys", "requires-smm"], firmware.Features);
        Assert.True(firmware.SecureBoot);
        Assert.True(firmware.EnrolledKeys);
        Assert.True(firmware.RequiresSmm);
        Assert.False(firmware.Selected);
        Assert.Equal("it has the feature enrolled-keys", firmware.Reason);
    }

    [Fact]
    public void A_descriptor_that_cannot_be_read_is_listed_with_the_reason()
    {
        var firmware = _shell.Run("Get-VmFirmware *broken*").Single<Firmware>();

        Assert.Equal("it is not valid: no JSON", firmware.Reason);
        Assert.Empty(firmware.Features);
        Assert.Null(firmware.Executable);
    }

    [Fact]
    public void A_name_that_no_descriptor_has_is_an_error_for_that_name_only()
    {
        var result = _shell.Run("Get-VmFirmware nope.json, 50-arm.json");

        Assert.Single(result.Output);
        var error = Assert.Single(result.Errors);
        Assert.Equal("FirmwareDescriptorNotFound,VmSpawn.Commands.GetVmFirmwareCommand", error.FullyQualifiedErrorId);
        Assert.Equal("nope.json", error.TargetObject);
    }

    [Fact]
    public void Firmware_binds_to_a_start_by_pipeline()
    {
        var result = _shell.Run("Get-VmFirmware | Where-Object SecureBoot | Start-VmSpawn -Image /srv/x.raw");

        Assert.Equal("x", result.Single<VirtualMachine>().Name);
        var firmware = _shell.Engine.Configuration!.Firmware;
        Assert.Equal(FirmwareKind.Descriptor, firmware.Kind);
        Assert.Equal("/fw/40-enrolled.json", firmware.Descriptor!.Value);
    }

    [Fact]
    public void Firmware_can_be_given_as_an_object()
    {
        _shell.Run("Start-VmSpawn -Image /srv/x.raw -Firmware (Get-VmFirmware 60*)").Single<VirtualMachine>();

        Assert.Equal("/fw/60-plain.json", _shell.Engine.Configuration!.Firmware.Descriptor!.Value);
    }
}
