using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Images;
using Xunit;

namespace VmSpawn.Engine.Tests.Images;

public sealed class RootPartitionTests
{
    private const ulong NoAuto = 1UL << 63;

    private static string Find(GptImage image) =>
        RootPartition
            .Find(
                GptImage.Read(image.Build()),
                "disk.raw",
                new RootPartitionTypes(GptImage.Root, GptImage.Usr),
                new RootPartitionTypes(GptImage.Root32, GptImage.Usr32)
            )
            .KernelArgument;

    private static string Id(int number) => GptImage.Id(number).ToString();

    [Fact]
    public void The_root_partition_comes_before_usr() =>
        Assert.Equal($"root=PARTUUID={Id(2)}", Find(new GptImage().Add(GptImage.Usr).Add(GptImage.Root)));

    [Fact]
    public void Usr_serves_where_there_is_no_root() =>
        Assert.Equal($"mount.usr=PARTUUID={Id(1)}", Find(new GptImage().Add(GptImage.Usr)));

    [Fact]
    public void The_newest_label_wins_and_the_first_of_equals() =>
        Assert.Equal(
            $"root=PARTUUID={Id(2)}",
            Find(
                new GptImage()
                    .Add(GptImage.Root, "os_9")
                    .Add(GptImage.Root, "os_10")
                    .Add(GptImage.Root, "os_10~rc1")
                    .Add(GptImage.Root, "os_10")
            )
        );

    [Fact]
    public void Partitions_marked_no_auto_are_passed_over() =>
        Assert.Equal(
            $"root=PARTUUID={Id(2)}",
            Find(new GptImage().Add(GptImage.Root, "os_9", NoAuto).Add(GptImage.Root, "os_1"))
        );

    [Fact]
    public void The_second_architecture_serves_only_where_there_is_none_of_the_first()
    {
        Assert.Equal($"root=PARTUUID={Id(2)}", Find(new GptImage().Add(GptImage.Root32).Add(GptImage.Root)));
        Assert.Equal($"mount.usr=PARTUUID={Id(2)}", Find(new GptImage().Add(GptImage.Root32).Add(GptImage.Usr)));
        Assert.Equal($"root=PARTUUID={Id(1)}", Find(new GptImage().Add(GptImage.Root32)));
        Assert.Equal($"mount.usr=PARTUUID={Id(1)}", Find(new GptImage().Add(GptImage.Usr32)));
    }

    [Fact]
    public void What_is_missing_is_said()
    {
        static VmSpawnException Refused(PartitionTable table) =>
            Assert.Throws<VmSpawnException>(() =>
                RootPartition.Find(table, "disk.raw", new RootPartitionTypes(GptImage.Root, GptImage.Usr), null)
            );

        var none = Refused(new PartitionTable { Kind = PartitionTableKind.None });
        Assert.Equal("PartitionTableNotFound", none.ErrorId);
        Assert.Contains("partition", none.Message);
        Assert.Contains("disk.raw", none.Message);

        var mbr = Refused(new PartitionTable { Kind = PartitionTableKind.Mbr });
        Assert.Equal("RootPartitionNotFound", mbr.ErrorId);
        Assert.Contains("MBR", mbr.Message);

        var other = Refused(GptImage.Read(new GptImage().Add(GptImage.Root32).Build()));
        Assert.Equal("RootPartitionNotFound", other.ErrorId);
        Assert.Contains("no root or /usr partition", other.Message);
        Assert.Contains("root=", other.Hint);
    }
}
