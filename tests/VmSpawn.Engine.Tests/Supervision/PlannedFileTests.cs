using System.Diagnostics;
using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Images;
using VmSpawn.Engine.Machines;
using VmSpawn.Engine.Planning;
using Xunit;

namespace VmSpawn.Engine.Tests.Supervision;

/// <summary>Files that are made before QEMU starts.</summary>
public sealed class PlannedFileTests : SceneTests
{
    [Fact]
    public async Task A_copy_is_private_and_goes_with_the_machine()
    {
        var template = Scene.Files.Write("VARS.fd", "variables");
        var copy = Path.Join(Scene.Root, "vm", "deep", "nvram");

        await StartAsync(new CopiedFile(copy, template));

        Assert.Equal("variables", await File.ReadAllTextAsync(copy, Scene.Limit));
        Assert.Equal((UnixFileMode)0x180, File.GetUnixFileMode(copy));
        await Scene.TurnOffAsync();
        Assert.False(File.Exists(copy));
    }

    [Fact]
    public async Task A_copy_that_the_user_keeps_is_made_once()
    {
        var template = Scene.Files.Write("VARS.fd", "variables");
        var copy = Scene.Files.PathOf("kept.fd");

        await StartAsync(new CopiedFile(copy, template, KeepExisting: true));
        await Scene.TurnOffAsync();
        await File.WriteAllTextAsync(copy, "changed by the guest", Scene.Limit);
        await StartAsync(new CopiedFile(copy, template, KeepExisting: true));
        await Scene.TurnOffAsync();

        Assert.Equal("changed by the guest", await File.ReadAllTextAsync(copy, Scene.Limit));
        Assert.Equal(["VARS.fd", "kept.fd"], Names(Path.GetDirectoryName(copy)!, "*.fd*"));
    }

    [Fact]
    public async Task A_file_elsewhere_is_removed_and_one_that_is_there_is_not_overwritten()
    {
        var elsewhere = Scene.Files.PathOf("overlay");

        await StartAsync(new WrittenFile(elsewhere, [.. "new"u8], Secret: false));
        Assert.True(File.Exists(elsewhere));
        await Scene.TurnOffAsync();

        Assert.False(File.Exists(elsewhere));
        Scene.Files.Write("overlay", "the user's");
        await Assert.ThrowsAsync<StartFailedException>(() =>
            StartAsync(new WrittenFile(elsewhere, [.. "new"u8], Secret: false))
        );
        Assert.Equal("the user's", await File.ReadAllTextAsync(elsewhere, Scene.Limit));
    }

    [Fact]
    public async Task Joined_files_start_at_multiples_of_the_alignment()
    {
        var one = Scene.Files.Write("one", "12345");
        var two = Scene.Files.Write("two", "");
        var three = Scene.Files.Write("three", "abcd");
        var joined = Path.Join(Scene.Root, "vm", "initrd");

        await StartAsync(new JoinedFile(joined, [one, two, three, one], 4));

        Assert.Equal("12345\0\0\0abcd12345", await File.ReadAllTextAsync(joined, Scene.Limit));
        await Scene.TurnOffAsync();
    }

    [Fact]
    public async Task Large_files_are_copied_whole()
    {
        var bytes = new byte[20_000_003];
        new Random(1).NextBytes(bytes);
        var large = Scene.Files.Write("large", bytes);
        var copy = Path.Join(Scene.Root, "vm", "copy");

        await StartAsync(new CopiedFile(copy, large));

        var copied = await File.ReadAllBytesAsync(copy, Scene.Limit);
        Assert.True(bytes.SequenceEqual(copied));
        await Scene.TurnOffAsync();
    }

    [Fact]
    public async Task A_file_of_an_image_is_taken_out_of_it_unless_it_has_changed()
    {
        var image = Scene.Files.Write("disk.raw", "01234567890123456789012345678901XXabcYYdefgZ");
        var copy = Path.Join(Scene.Root, "vm", "kernel");
        var file = new ExtractedFile(
            copy,
            image,
            "/efi/linux",
            [new DiskExtent(34, 3), new DiskExtent(39, 4)],
            0,
            [.. "01234567890123456789012345678901"u8]
        );

        // Bytes 18 and 19 of a directory record are the date of the last access.
        await StartAsync(file with { Record = [.. "012345678901234567##012345678901"u8] });
        Assert.Equal("abcdefg", await File.ReadAllTextAsync(copy, Scene.Limit));
        Assert.Equal((UnixFileMode)0x180, File.GetUnixFileMode(copy));
        await Scene.TurnOffAsync();

        var changed = await Assert.ThrowsAnyAsync<VmSpawnException>(() =>
            StartAsync(file with { Record = [.. "01234567890123456#8901234#678901"u8] })
        );
        Assert.Equal("ImageChanged", changed.ErrorId);
        Assert.Contains("/efi/linux", changed.Message);
        var shorter = await Assert.ThrowsAnyAsync<VmSpawnException>(() =>
            StartAsync(file with { Extents = [new DiskExtent(40, 40)] })
        );
        Assert.Equal("ImageChanged", shorter.ErrorId);
    }

    [Fact]
    public async Task An_overlay_leaves_its_base_unchanged()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/qemu-img"), "qemu-img is not installed (qemu-utils)");
        var image = Scene.Files.Write("base, with comma.raw", new byte[65536]);
        var overlay = Path.Join(Scene.Root, "vm", "overlay.qcow2");

        await StartAsync(new OverlayFile(overlay, image, "raw", 1 << 20));

        using var info = Process.Start(
            new ProcessStartInfo("/usr/bin/qemu-img", ["info", overlay])
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
            }
        )!;
        var text = await info.StandardOutput.ReadToEndAsync(Scene.Limit);
        Assert.Contains("file format: qcow2", text);
        Assert.Contains("virtual size: 1 MiB", text);
        Assert.Contains(image, text);
        await Scene.TurnOffAsync();
    }

    [Fact]
    public async Task An_overlay_that_cannot_be_made_is_explained_by_qemu_img()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/qemu-img"), "qemu-img is not installed (qemu-utils)");

        var error = await Assert.ThrowsAsync<StartFailedException>(() =>
            StartAsync(new OverlayFile(Path.Join(Scene.Root, "vm", "overlay.qcow2"), "/nowhere/base.raw", "raw"))
        );

        Assert.Equal("HelperFailed", error.ErrorId);
        Assert.Contains("/nowhere/base.raw", error.Output);
    }

    private static IEnumerable<string?> Names(string directory, string pattern) =>
        Directory.GetFiles(directory, pattern).Select(Path.GetFileName).Order(StringComparer.Ordinal);

    private Task<MachineRecord> StartAsync(PlannedFile file) => Scene.StartAsync(Scene.Plan() with { Files = [file] });
}
