using VmSpawn.Engine.Images;
using VmSpawn.Engine.Tests.Images;
using VmSpawn.Engine.Tests.Images.Fat;

namespace VmSpawn.Engine.Tests.Boot;

/// <summary>Makes raw disk images with boot partitions.</summary>
internal sealed class BootDisk
{
    private const int SystemStart = 100;
    private const int ExtendedStart = 1000;

    public FatImage? System { get; init; } = new();

    public FatImage? Extended { get; init; }

    public static long SystemOffset => SystemStart * FatImage.Sector;

    /// <summary>A disk with one entry of type 1: <c>os.conf</c> with kernel and initrd in its EFI system partition.</summary>
    public static BootDisk WithEntry(string more = "") =>
        new()
        {
            System = new FatImage()
                .Add("loader/entries/os.conf", $"title T\nlinux /os/linux\ninitrd /os/initrd\n{more}")
                .Add("os/linux", "the kernel")
                .Add("os/initrd", "the initrd"),
        };

    public byte[] Build()
    {
        var table = new GptImage().Add(GptImage.Root, first: 40, last: 50);
        var system = System?.Build();
        var extended = Extended?.Build();
        Add(table, Partition.EfiSystemType, SystemStart, system);
        Add(table, Partition.ExtendedBootLoaderType, ExtendedStart, extended);
        var disk = table.Build();
        system?.CopyTo(disk, SystemStart * FatImage.Sector);
        extended?.CopyTo(disk, ExtendedStart * FatImage.Sector);
        return disk;
    }

    private static void Add(GptImage table, Guid type, int start, byte[]? volume)
    {
        if (volume is not null)
        {
            table.Add(type, first: start, last: start + (volume.Length / FatImage.Sector) - 1);
        }
    }
}
