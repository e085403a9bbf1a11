using VmSpawn.Engine.Host;
using Xunit;

namespace VmSpawn.Engine.Tests.Host;

public sealed class QemuImageLockTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();
    private readonly LinuxHostFiles files = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public void An_image_nobody_has_open_is_free()
    {
        var image = directory.Write("disk.raw", new byte[4096]);

        Assert.False(files.IsLockedByQemu(image, forWriting: true));
        Assert.False(files.IsLockedByQemu(image, forWriting: false));
        Assert.False(files.IsLockedByQemu("/absent", forWriting: true));
    }

    [Fact]
    public void A_writing_guest_excludes_writers_and_readers()
    {
        var image = directory.Write("disk.raw", new byte[1 << 20]);
        using var qemu = PausedQemu.Start("format=raw,file=" + image);

        Assert.True(files.IsLockedByQemu(image, forWriting: true));
        Assert.True(files.IsLockedByQemu(image, forWriting: false));
    }

    [Fact]
    public void A_reading_guest_excludes_writers_only()
    {
        var image = directory.Write("disk.raw", new byte[1 << 20]);
        using var qemu = PausedQemu.Start("format=raw,readonly=on,file=" + image);

        Assert.True(files.IsLockedByQemu(image, forWriting: true));
        Assert.False(files.IsLockedByQemu(image, forWriting: false));
    }
}
