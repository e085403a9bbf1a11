using System.Diagnostics;
using VmSpawn.Engine.Boot;
using VmSpawn.Engine.Host;
using VmSpawn.Engine.Images;
using VmSpawn.Engine.Images.Fat;
using VmSpawn.Engine.Tests.Images;
using Xunit;

namespace VmSpawn.Engine.Tests.Boot;

/// <summary>File systems as the usual tools make them: mkfs.vfat and mtools.</summary>
public sealed class VfatToolsTests : IDisposable
{
    private static readonly string? Mkfs = Find("mkfs.vfat");
    private static readonly string? Mcopy = Find("mcopy");

    private readonly TemporaryDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Theory]
    [InlineData(12, 4)]
    [InlineData(16, 32)]
    [InlineData(32, 40)]
    public void Long_names_and_contents_are_what_mtools_wrote(int bits, int mebibytes)
    {
        var volume = Make(bits, mebibytes);
        var content = new byte[1_000_003];
        new Random(bits).NextBytes(content);
        directory.Write("tree/EFI/Linux/A-Long.Name-with_many.dots+3-1.efi", content);
        directory.Write("tree/EFI/Linux/short.efi", "lower case");
        directory.Write("tree/EFI/BOOT/BOOTX64.EFI", "upper case");
        for (var i = 0; i < 300; i++)
        {
            directory.Write($"tree/loader/entries/debian-{i:d4}-6.1.0-50-cloud-amd64.conf", $"title {i}\n");
        }

        Run(Mcopy!, "-s", "-i", volume, directory.PathOf("tree/EFI"), directory.PathOf("tree/loader"), "::/");

        using var stream = File.OpenRead(volume);
        var opened = FatVolume.Open(volume, new DiskBytes(stream, stream.Length));
        Assert.Equal(bits, opened.Bits);
        Assert.Equal(
            ["A-Long.Name-with_many.dots+3-1.efi", "short.efi"],
            opened.List(opened.Find("EFI/Linux")!).Select(entry => entry.Name).Order(StringComparer.Ordinal)
        );
        Assert.Equal(300, opened.List(opened.Find("loader/entries")!).Count);
        Assert.Equal(content, Read(opened, "EFI/Linux/a-long.name-with_many.dots+3-1.efi"));
        Assert.Equal("title 299\n"u8.ToArray(), Read(opened, "loader/entries/debian-0299-6.1.0-50-cloud-amd64.conf"));
        Assert.Equal("upper case"u8.ToArray(), Read(opened, "efi/boot/bootx64.efi"));
    }

    [Fact]
    public void Entries_of_a_disk_with_such_a_partition_are_listed()
    {
        var volume = Make(32, 40);
        directory.Write("tree/EFI/Linux/os_1.2.efi", ProgramBuilder.Unified("ID=os\nVERSION_ID=1.2\n"));
        Run(Mcopy!, "-s", "-i", volume, directory.PathOf("tree/EFI"), "::/");
        var system = File.ReadAllBytes(volume);
        var disk = new byte[system.Length + (2 << 20)];
        var table = new GptImage(length: disk.Length).Add(
            Partition.EfiSystemType,
            first: 2048,
            last: 2047 + (system.Length / 512)
        );
        table.Build().CopyTo(disk, 0);
        system.CopyTo(disk, 1 << 20);

        var entry = Assert.Single(
            BootEntryList.ReadImage(new LinuxHostFiles(), directory.Write("disk.raw", disk)).Entries
        );

        Assert.Equal(("os_1.2.efi", "os", "1.2"), (entry.Id, entry.SortKey, entry.Version));
    }

    private static byte[] Read(FatVolume volume, string path)
    {
        var content = new MemoryStream();
        volume.Open(volume.Find(path)!).CopyTo(content);
        return content.ToArray();
    }

    private string Make(int bits, int mebibytes)
    {
        Assert.SkipWhen(Mkfs is null, "mkfs.vfat is not installed (dosfstools)");
        Assert.SkipWhen(Mcopy is null, "mcopy is not installed (mtools)");
        var volume = directory.Write("volume", []);
        using (var file = File.OpenWrite(volume))
        {
            file.SetLength((long)mebibytes << 20);
        }

        Run(Mkfs!, "-F", $"{bits}", volume);
        return volume;
    }

    private static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo(program, arguments)
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{program}: {error.GetAwaiter().GetResult()}");
    }

    private static string? Find(string program) =>
        $"{Environment.GetEnvironmentVariable("PATH")}:/usr/sbin:/sbin"
            .Split(':')
            .Select(path => Path.Join(path, program))
            .FirstOrDefault(File.Exists);
}
