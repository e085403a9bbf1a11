using CsCheck;
using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Systemd;
using Xunit;

namespace VmSpawn.Engine.Tests.Systemd;

public sealed class UnitPropertyTests
{
    [Theory]
    [InlineData("MemoryMax=4G", "MemoryMax t 4294967296")]
    [InlineData("MemoryMax=infinity", "MemoryMax t 18446744073709551615")]
    [InlineData("MemoryHigh=50%", "MemoryHighScale u 2147483647")]
    [InlineData("MemoryHigh=100%", "MemoryHighScale u 4294967295")]
    [InlineData("TasksMax=512", "TasksMax t 512")]
    [InlineData("TasksMax=10%", "TasksMaxScale u 429496729")]
    [InlineData("CPUQuota=150%", "CPUQuotaPerSecUSec t 1500000")]
    [InlineData("CPUQuota=infinity", "CPUQuotaPerSecUSec t 18446744073709551615")]
    [InlineData("CPUQuotaPeriodSec=10ms", "CPUQuotaPeriodUSec t 10000")]
    [InlineData("CPUWeight=10000", "CPUWeight t 10000")]
    [InlineData("CPUWeight=idle", "CPUWeight t 0")]
    [InlineData("IOWeight=1", "IOWeight t 1")]
    [InlineData("AllowedCPUs=0-2,9", "AllowedCPUs ay 2 7 2")]
    [InlineData("AllowedCPUs=7 1", "AllowedCPUs ay 1 130")]
    [InlineData("IODeviceWeight=/dev/sda 500", "IODeviceWeight a(st) 1 /dev/sda 500")]
    [InlineData("IOReadBandwidthMax=/dev/sda 5M", "IOReadBandwidthMax a(st) 1 /dev/sda 5000000")]
    [InlineData("DeviceAllow=/dev/kvm rw", "DeviceAllow a(ss) 1 /dev/kvm rw")]
    [InlineData("DeviceAllow=char-pts", "DeviceAllow a(ss) 1 char-pts rwm")]
    [InlineData("DevicePolicy=closed", "DevicePolicy s closed")]
    [InlineData("MemoryAccounting=yes", "MemoryAccounting b true")]
    [InlineData("KillSignal=SIGTERM", "KillSignal i 15")]
    [InlineData("KillSignal=INT", "KillSignal i 2")]
    [InlineData("TimeoutStopSec=1min 30s", "TimeoutStopUSec t 90000000")]
    [InlineData("TimeoutStopSec=1.5", "TimeoutStopUSec t 1500000")]
    [InlineData("RuntimeMaxSec=infinity", "RuntimeMaxUSec t 18446744073709551615")]
    [InlineData("Description=a b", "Description s a b")]
    [InlineData("After=network.target a@b.service", "After as 2 network.target a@b.service")]
    public void Each_setting_has_its_type_on_the_bus(string text, string expected)
    {
        var property = UnitProperty.Parse(text);

        Assert.Equal(text, property.Text);
        Assert.Equal(
            expected,
            $"{property.Bus.Name} {property.Bus.Signature} {string.Join(' ', property.Bus.Arguments)}"
        );
    }

    [Theory]
    [InlineData("")]
    [InlineData("=1")]
    [InlineData("MemoryMax")]
    [InlineData("MemoryMax=")]
    [InlineData("MemoryMax=lots")]
    [InlineData("MemoryMax=101%")]
    [InlineData("MemoryMax=-1")]
    [InlineData("memorymax=1G")]
    [InlineData("CPUWeight=0")]
    [InlineData("CPUWeight=10001")]
    [InlineData("CPUQuota=1")]
    [InlineData("CPUQuota=0%")]
    [InlineData("AllowedCPUs=")]
    [InlineData("AllowedCPUs=3-1")]
    [InlineData("AllowedCPUs=1-2-3")]
    [InlineData("AllowedCPUs=9999")]
    [InlineData("DeviceAllow=kvm rw")]
    [InlineData("DeviceAllow=/dev/kvm x")]
    [InlineData("IODeviceWeight=/dev/sda")]
    [InlineData("KillSignal=SIGNONE")]
    [InlineData("KillSignal=65")]
    [InlineData("TimeoutStopSec=soon")]
    [InlineData("KillMode=sometimes")]
    [InlineData("After=network")]
    [InlineData("Description=a\nb")]
    [InlineData("ExecStart=/bin/true")]
    [InlineData("PIDs=1")]
    public void What_systemd_would_refuse_is_refused_with_the_text(string text)
    {
        var error = Assert.Throws<InvalidValueException>(() => UnitProperty.Parse(text));

        Assert.Equal("InvalidProperty", error.ErrorId);
        Assert.Contains($"'{text}'", error.Message);
        Assert.NotEmpty(error.Hint!);
    }

    [Fact]
    public void The_slice_has_a_parameter_of_its_own() =>
        Assert.Equal(
            "Use -Slice.",
            Assert.Throws<InvalidValueException>(() => UnitProperty.Parse("Slice=a.slice")).Hint
        );

    [Fact]
    public void Any_text_is_read_or_refused()
    {
        var known = Gen.Int[0, UnitProperty.Names.Length - 1].Select(index => UnitProperty.Names[index]);
        Gen.Select(
                known,
                Gen.OneOf(
                    Gen.String[0, 12],
                    Gen.Char["0123456789.,-% smhGM/"].Array[0, 8].Select(letters => new string(letters))
                )
            )
            .Sample(
                (name, value) =>
                {
                    try
                    {
                        var property = UnitProperty.Parse($"{name}={value}");
                        Assert.DoesNotContain(property.Bus.Arguments, argument => argument.Any(char.IsControl));
                    }
                    catch (InvalidValueException error)
                    {
                        Assert.Equal("InvalidProperty", error.ErrorId);
                    }
                }
            );
    }
}
