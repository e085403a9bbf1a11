using CsCheck;
using VmSpawn.Engine.Boot;
using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Images;
using VmSpawn.Engine.Tests.Fakes;
using VmSpawn.Engine.Tests.Images;
using VmSpawn.Engine.Tests.Images.Fat;
using Xunit;

namespace VmSpawn.Engine.Tests.Boot;

public sealed class BootImageTests
{
    private const string Image = "/disk.raw";

    private readonly FakeFiles files = new();

    private BootEntryList Read(byte[] disk)
    {
        files.AddFile(Image, disk);
        return BootEntryList.ReadImage(files, Image);
    }

    private VmSpawnException Refused(byte[] disk)
    {
        var error = Assert.ThrowsAny<VmSpawnException>(() => Read(disk));
        Assert.Contains(Image, error.Message);
        Assert.NotNull(error.Hint);
        return error;
    }

    [Fact]
    public void Entries_of_both_boot_partitions_are_read_with_the_paths_they_would_be_mounted_at()
    {
        var list = Read(
            new BootDisk
            {
                System = new FatImage()
                    .Add("EFI/Linux/uki+2-1.efi", ProgramBuilder.Unified("ID=u\nVERSION_ID=3\n", "quiet"))
                    .Add("loader/loader.conf", "default os-*\n"),
                Extended = new FatImage(12)
                    .Add("loader/entries/os-6.1.0-50-cloud-amd64.conf", "linux /l\ninitrd /i\noptions root=LABEL=x\n")
                    .Add("l", "kernel")
                    .Add("i", "initrd"),
            }.Build()
        );

        Assert.Equal(["uki.efi", "os-6.1.0-50-cloud-amd64.conf"], list.Entries.Select(entry => entry.Id));
        var (unified, conf) = (list.Entries[0], list.Entries[1]);
        Assert.Equal(
            ("/efi/EFI/Linux/uki+2-1.efi", Image, "x86_64"),
            (unified.Path, unified.Image, unified.Architecture)
        );
        Assert.Equal((2, 1, "quiet"), (unified.TriesLeft, unified.TriesDone, unified.Options));
        Assert.Equal(("/boot/l", "root=LABEL=x"), (conf.Kernel, conf.Options));
        Assert.Equal(["/boot/i"], conf.Initrds);
        Assert.Null(conf.Problem);
        Assert.Same(conf, list.FindDefault("x86_64"));
        Assert.Empty(list.Warnings);
    }

    [Fact]
    public void A_file_that_an_entry_names_and_the_partition_has_not_is_its_problem()
    {
        var list = Read(
            new BootDisk { System = new FatImage().Add("loader/entries/os.conf", "linux /absent\n") }.Build()
        );

        Assert.Contains("'/efi/absent' does not exist", Assert.Single(list.Entries).Problem);
        Assert.Null(list.FindDefault("x86_64"));
    }

    [Fact]
    public void What_has_no_boot_partition_that_can_be_read_is_refused_each_with_its_own_error()
    {
        Assert.Equal("BootImageNotRaw", Refused(QcowImage.Empty(1 << 20)).ErrorId);
        Assert.Equal("BootPartitionTableNotFound", Refused(new byte[4096]).ErrorId);
        Assert.Equal("BootPartitionNotFound", Refused(new GptImage().Add(GptImage.Root).Build()).ErrorId);
        Assert.Equal("InvalidFatFileSystem", Refused(new GptImage().Add(Partition.EfiSystemType).Build()).ErrorId);
        Assert.Equal(
            "InvalidFatFileSystem",
            Refused(new GptImage().Add(Partition.ExtendedBootLoaderType).Build()).ErrorId
        );
        var mbr = new byte[4096];
        (mbr[510], mbr[511], mbr[446 + 4], mbr[446 + 12]) = (0x55, 0xaa, 0x83, 8);
        Assert.Contains("MBR", Refused(mbr).Message);
    }

    [Fact]
    public void An_extended_partition_with_another_file_system_is_passed_over_with_a_warning()
    {
        var disk = new BootDisk { System = BootDisk.WithEntry().System, Extended = new FatImage() }.Build();
        disk.AsSpan(1000 * 512, 512).Clear();

        var list = Read(disk);

        Assert.Equal("os.conf", Assert.Single(list.Entries).Id);
        Assert.Contains("extended boot loader partition", Assert.Single(list.Warnings));
    }

    [Fact]
    public void A_file_is_located_in_the_image()
    {
        var disk = BootDisk.WithEntry().Build();
        files.AddFile(Image, disk);
        using var image = BootImage.Open(files, Image);

        var kernel = image.Locate("/efi/os/linux");

        var extent = Assert.Single(kernel.Extents);
        Assert.Equal("the kernel"u8, disk.AsSpan((int)extent.Offset, (int)extent.Length));
        Assert.Equal("BootFileNotFound", Located(image, "/efi/os/none"));
        Assert.Equal("BootFileNotFound", Located(image, "/efi/os"));
        Assert.Equal("BootFileNotFound", Located(image, "/boot/os/linux"));
        Assert.Equal("BootFileNotFound", Located(image, "/etc/passwd"));
    }

    [Fact]
    public void A_kernel_whose_clusters_are_cut_short_is_an_error_of_its_own()
    {
        var system = new FatImage().Add("k", new byte[2000]);
        var disk = new BootDisk { System = system }.Build();
        disk.AsSpan((int)BootDisk.SystemOffset + system.TableOffset + 12, 200).Clear();
        files.AddFile(Image, disk);
        using var image = BootImage.Open(files, Image);

        Assert.Equal("BootFileDamaged", Located(image, "/efi/k"));
    }

    private static string Located(BootImage image, string path) =>
        Assert.ThrowsAny<VmSpawnException>(() => image.Locate(path)).ErrorId;

    [Fact]
    public void Any_bytes_in_the_partition_give_entries_or_the_typed_error()
    {
        var system = new FatImage(12, 60)
            .Add("loader/entries/os.conf", "linux /l\n")
            .Add("l", "kernel")
            .Add("EFI/Linux/a.efi", ProgramBuilder.Unified("ID=x\n", "quiet"));
        var good = new BootDisk { System = system }.Build();
        var start = (int)BootDisk.SystemOffset;

        Gen.Select(Gen.OneOf(Gen.Int[0, 64], Gen.Int[system.TableOffset, 90 * 512]), Gen.Byte)
            .Array[0, 10]
            .Sample(
                changes =>
                {
                    var copy = good.ToArray();
                    foreach (var (place, value) in changes)
                    {
                        copy[start + place] = value;
                    }

                    var fake = new FakeFiles();
                    fake.AddFile(Image, copy);
                    try
                    {
                        return BootEntryList.ReadImage(fake, Image).Entries.All(entry => entry.Id.Length > 0);
                    }
                    catch (InvalidFileException e)
                    {
                        return e.ErrorId == "InvalidFatFileSystem";
                    }
                },
                iter: 1_000
            );
    }
}
