using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Host;
using Xunit;

namespace VmSpawn.Engine.Tests.Host;

public sealed class QemuVersionTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Theory]
    [InlineData("QEMU emulator version 7.2.22 (Debian 1:7.2+dfsg-7+deb12u18)\nCopyright", "7.2.22")]
    [InlineData("QEMU emulator version 10.0.2", "10.0.2")]
    [InlineData("QEMU emulator version 9.2.50 (v9.2.0-1-g0)", "9.2.50")]
    [InlineData("QEMU emulator version 8.1", "8.1")]
    public void The_version_is_read_from_the_first_line(string output, string expected) =>
        Assert.Equal(Version.Parse(expected), QemuVersion.Parse("qemu", output));

    [Fact]
    public void A_binary_is_asked_once_until_it_changes()
    {
        var count = directory.PathOf("count");
        var qemu = directory.WriteScript("qemu", $"echo x >> {count}; echo QEMU emulator version 7.2.1");

        Assert.Equal(new Version(7, 2, 1), new LinuxHost().GetQemuVersion(qemu));
        Assert.Equal(new Version(7, 2, 1), new LinuxHost().GetQemuVersion(qemu));
        Assert.Single(File.ReadAllLines(count));

        directory.WriteScript("qemu", "echo QEMU emulator version 10.0.0");
        Assert.Equal(new Version(10, 0, 0), new LinuxHost().GetQemuVersion(qemu));
    }

    [Theory]
    [InlineData("echo hello", "hello")]
    [InlineData("echo broken library >&2; exit 127", "broken library")]
    public void What_is_no_QEMU_is_refused_with_its_own_words(string body, string words)
    {
        var qemu = directory.WriteScript("qemu", body);

        var error = Assert.Throws<HostRequirementException>(() => new LinuxHost().GetQemuVersion(qemu));

        Assert.Equal("QemuNotUsable", error.ErrorId);
        Assert.Contains(qemu, error.Message);
        Assert.Contains(words, error.Message);
    }

    [Fact]
    public void A_binary_that_cannot_be_started_is_refused()
    {
        var error = Assert.Throws<HostRequirementException>(() => new LinuxHost().GetQemuVersion("/absent/qemu"));

        Assert.Contains("/absent/qemu", error.Message);
    }
}
