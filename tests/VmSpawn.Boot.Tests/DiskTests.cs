using System.Security.Cryptography;
using System.Text;

namespace VmSpawn.Boot.Tests;

/// <summary>Disks of every kind: what the guest finds on them, and what the host finds afterwards.</summary>
[Trait("Boot", "disks")]
public sealed class DiskTests(TinyGuest guest) : IAsyncLifetime
{
    private const int Mebibyte = 1024 * 1024;

    // Between the only partition and the second partition table.
    private const int FreeMebibyte = 63;
    private const string Written = "written by guest";

    // The page cache goes, so that what is read has been on the disk.
    private static readonly string WriteAndRead = GuestScript.Argument(
        $"""
        echo '{Written}' | dd of=/dev/vda bs=1M seek={FreeMebibyte} conv=notrunc,fsync
        echo 3 >/proc/sys/vm/drop_caches
        echo "the disk says: $(dd if=/dev/vda bs=1M skip={FreeMebibyte} count=1 | head -n 1)"
        """
    );

    private readonly Scene _scene = new(guest);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task A_qcow2_image_boots_and_keeps_what_the_guest_writes()
    {
        Prerequisite.RequireProgram("qemu-img", "qemu-utils");
        var configuration = _scene.DiskBoot("vmspawn.poweroff", WriteAndRead);
        var image = Path.Join(_scene.Files, "tiny.qcow2");
        await HostProgram.RunAsync("qemu-img", "convert", "-O", "qcow2", configuration.Image!.Value, image);

        var ended = await _scene.WaitForExitAsync(
            await _scene.StartAsync(configuration with { Image = HostPath.Parse(image, "image") })
        );

        Assert.Equal(0, ended.ExitStatus);
        var console = _scene.ConsoleOf(ended);
        Assert.Contains("vmspawn-guest: firmware uefi", console);
        Assert.Contains("vmspawn-guest: disk vda bytes=67108864 ro=0", console);
        Assert.Contains($"the disk says: {Written}", console);
        var raw = Path.Join(_scene.Files, "after.raw");
        await HostProgram.RunAsync("qemu-img", "convert", "-O", "raw", image, raw);
        Assert.Equal(Written, ReadAt(raw, FreeMebibyte));
    }

    [Fact]
    public async Task An_ephemeral_boot_leaves_the_image_as_it_was_bit_by_bit()
    {
        var image = _scene.CopyOfImage();
        var before = await HashAsync(image);
        var configuration = _scene.KernelBoot("vmspawn.poweroff", "root=/dev/vda1", WriteAndRead) with
        {
            Image = HostPath.Parse(image, "image"),
            Ephemeral = true,
        };

        var ended = await _scene.WaitForExitAsync(await _scene.StartAsync(configuration));

        Assert.Equal(0, ended.ExitStatus);
        Assert.Contains($"the disk says: {Written}", _scene.ConsoleOf(ended));
        Assert.Equal(before, await HashAsync(image));
        Assert.Equal([image], Directory.GetFiles(_scene.Files));
    }

    [Fact]
    public async Task Extra_drives_come_in_their_order_with_their_content()
    {
        Prerequisite.RequireProgram("qemu-img", "qemu-utils");
        var first = Drive("first.raw", "I am the first.");
        var second = Path.Join(_scene.Files, "second.qcow2");
        await HostProgram.RunAsync(
            "qemu-img",
            "convert",
            "-O",
            "qcow2",
            Drive("second.raw", "I am the second"),
            second
        );
        var configuration = _scene.KernelBoot(
            "vmspawn.poweroff",
            "root=/dev/vda1",
            GuestScript.Argument("for d in a b c; do echo \"vd$d is $(cat /sys/block/vd$d/serial)\"; done")
        ) with
        {
            Image = HostPath.Parse(_scene.CopyOfImage(), "image"),
            ExtraDrives = [DriveSpec.Parse(first, "/"), DriveSpec.Parse($"qcow2:{second}", "/")],
        };

        var ended = await _scene.WaitForExitAsync(await _scene.StartAsync(configuration));

        var console = _scene.ConsoleOf(ended);
        Assert.Contains("vmspawn-guest: disk vda bytes=67108864 ro=0", console);
        Assert.Contains("vmspawn-guest: disk vdb bytes=1048576 ro=0 head=I am the first.", console);
        Assert.Contains("vmspawn-guest: disk vdc bytes=1048576 ro=0 head=I am the second", console);
        Assert.Contains("vda is tiny.raw", console);
        Assert.Contains("vdb is first.raw", console);
        Assert.Contains("vdc is second.qcow2", console);
    }

    [Fact]
    public async Task Drives_appear_as_the_devices_that_were_asked_for()
    {
        var configuration = _scene.KernelBoot("vmspawn.poweroff") with
        {
            ExtraDrives =
            [
                DriveSpec.Parse($"nvme:{Drive("nvme.raw", "I am NVMe")}", "/"),
                DriveSpec.Parse($"virtio-scsi:{Drive("scsi.raw", "I am SCSI")}", "/"),
                DriveSpec.Parse($"scsi-cd:{Drive("cd.raw", "I am a CD")}", "/"),
            ],
        };

        var ended = await _scene.WaitForExitAsync(await _scene.StartAsync(configuration));

        var console = _scene.ConsoleOf(ended);
        Assert.Contains("vmspawn-guest: disk nvme0n1 bytes=1048576 ro=0 head=I am NVMe", console);
        Assert.Contains("vmspawn-guest: disk sda bytes=1048576 ro=0 head=I am SCSI", console);
        Assert.Matches("vmspawn-guest: disk sr0 bytes=1048576 ro=[01] head=I am a CD", console);
    }

    [Fact]
    public async Task A_block_device_boots_and_takes_what_the_guest_writes()
    {
        var configuration = _scene.DiskBoot("vmspawn.poweroff", WriteAndRead);
        var file = configuration.Image!.Value;
        await using var device = await LoopDevice.AttachAsync(file);

        var ended = await _scene.WaitForExitAsync(
            await _scene.StartAsync(configuration with { Image = HostPath.Parse(device.Path, "image") })
        );

        Assert.Equal(0, ended.ExitStatus);
        var console = _scene.ConsoleOf(ended);
        Assert.Contains("vmspawn-guest: firmware uefi", console);
        Assert.Contains($"the disk says: {Written}", console);
        await device.DisposeAsync();
        Assert.Equal(Written, ReadAt(file, FreeMebibyte));
    }

    private string Drive(string name, string content)
    {
        var path = Path.Join(_scene.Files, name);
        using var file = File.Create(path);
        file.Write(Encoding.ASCII.GetBytes(content));
        file.SetLength(Mebibyte);
        return path;
    }

    private static string ReadAt(string path, int mebibyte)
    {
        using var file = File.OpenRead(path);
        file.Position = (long)mebibyte * Mebibyte;
        var bytes = new byte[Written.Length];
        file.ReadExactly(bytes);
        return Encoding.ASCII.GetString(bytes);
    }

    private static async Task<string> HashAsync(string path)
    {
        await using var file = File.OpenRead(path);
        return Convert.ToHexString(await SHA256.HashDataAsync(file, TestContext.Current.CancellationToken));
    }
}
