using System.Globalization;
using VmSpawn.Engine.Boot;
using VmSpawn.Engine.Images;

namespace VmSpawn.Boot.Tests;

/// <summary>Kernels that boot entries name, started directly.</summary>
public sealed class BootEntryTests(TinyGuest guest) : IAsyncLifetime
{
    private const string Entry =
        "title Tiny\nversion 1\nlinux /vmlinuz\ninitrd /initrd.img\ninitrd /extra.img\noptions quiet panic=-1 one=entry\n";

    private readonly Scene _scene = new(guest);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    private BootEntry EntryOf(string path, string id) =>
        BootMenu.Read(_scene.Host, path).List.Entries.Single(entry => entry.Id == id);

    [Fact]
    public async Task The_unified_kernel_image_of_a_disk_boots_out_of_its_partition()
    {
        var disk = _scene.DiskBoot("vmspawn.poweroff", "from=entry");
        var menu = BootMenu.Read(_scene.Host, disk.Image!.Value);
        Assert.Equal("tiny.efi", menu.Default!.Id);

        var ended = await _scene.WaitForExitAsync(await _scene.StartAsync(disk with { BootEntry = menu.Default }));

        Assert.Equal(0, ended.ExitStatus);
        var console = _scene.ConsoleOf(ended);
        Assert.Contains("vmspawn-guest: firmware uefi", console);
        Assert.Contains("from=entry", console);
        Assert.Contains($"vmspawn-guest: kernel {menu.Default.KernelRelease}", console);
        // The firmware has not gone through its boot options: it was handed the program.
        Assert.DoesNotContain("BdsDxe: starting", console);
    }

    [Fact]
    public async Task An_entry_of_type_1_of_a_disk_boots_with_its_initrds_and_options()
    {
        Prerequisite.RequireProgram("mcopy", "mtools");
        var image = _scene.CopyOfImage();
        await AddEntryAsync(image);

        var configuration = new VmConfiguration
        {
            Image = HostPath.Parse(image, "image"),
            BootEntry = EntryOf(image, "tiny.conf"),
            Firmware = FirmwareChoice.Bios,
            Ram = MemorySize.Parse("512M"),
            KernelArguments = ["vmspawn.poweroff", "two=typed"],
        };
        var ended = await _scene.WaitForExitAsync(await _scene.StartAsync(configuration));

        Assert.Equal(0, ended.ExitStatus);
        var console = _scene.ConsoleOf(ended);
        Assert.Contains("vmspawn-guest: extra initrd was merged", console);
        Assert.Contains("one=entry console=ttyS0 vmspawn.poweroff two=typed", console);
        Assert.Contains("vmspawn-guest: disk vda", console);
    }

    [Fact]
    public async Task An_image_whose_kernel_was_replaced_since_the_plan_is_refused()
    {
        Prerequisite.RequireProgram("mcopy", "mtools");
        var image = _scene.CopyOfImage();
        await AddEntryAsync(image);
        var plan = _scene.Plan(
            new VmConfiguration
            {
                Image = HostPath.Parse(image, "image"),
                BootEntry = EntryOf(image, "tiny.conf"),
                Firmware = FirmwareChoice.Bios,
            }
        );

        await CopyAsync(image, guest.Initrd, "::/vmlinuz");

        var error = await Assert.ThrowsAnyAsync<VmSpawnException>(() => _scene.StartAsync(plan));
        Assert.Equal("ImageChanged", error.ErrorId);
    }

    private async Task AddEntryAsync(string image)
    {
        var entry = Path.Join(_scene.Files, "tiny.conf");
        await File.WriteAllTextAsync(entry, Entry, _scene.Limit);
        await HostProgram.RunAsync("mmd", "-i", Volume(image), "::/loader", "::/loader/entries");
        await CopyAsync(image, entry, "::/loader/entries/tiny.conf");
        await CopyAsync(image, guest.Kernel, "::/vmlinuz");
        await CopyAsync(image, guest.Initrd, "::/initrd.img");
        await CopyAsync(image, guest.ExtraInitrd, "::/extra.img");
    }

    private Task<string> CopyAsync(string image, string source, string target) =>
        HostProgram.RunAsync("mcopy", "-D", "o", "-i", Volume(image), source, target);

    private string Volume(string image)
    {
        var table = PartitionTable.Read(_scene.Host.Files, image);
        var partition = table.Partitions.Single(partition => partition.Type == Partition.EfiSystemType);
        return string.Create(CultureInfo.InvariantCulture, $"{image}@@{partition.Offset}");
    }
}
