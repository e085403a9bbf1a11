using System.Buffers.Binary;
using System.Text;
using CsCheck;
using VmSpawn.Engine.Host;
using VmSpawn.Engine.Images;
using Xunit;

namespace VmSpawn.Engine.Tests.Images;

public sealed class PartitionTableTests
{
    [Fact]
    public void The_checksum_is_the_usual_one() => Assert.Equal(0xcbf43926u, Crc32.Of("123456789"u8));

    [Theory]
    [InlineData(512)]
    [InlineData(4096)]
    public void A_table_is_read_with_all_it_says(int sectorSize)
    {
        var image = new GptImage(sectorSize);
        image
            .Add(Partition.EfiSystemType, "esp")
            .Add(GptImage.Root, "ä-label", 1UL << 63, image.FirstUsable, image.LastUsable);

        var table = GptImage.Read(image.Build());

        Assert.Equal(PartitionTableKind.Gpt, table.Kind);
        Assert.Equal(sectorSize, table.SectorSize);
        Assert.Equal(GptImage.Id(0xff), table.DiskId);
        Assert.False(table.IsFromBackup);
        Assert.Equal(2, table.Partitions.Length);
        var second = table.Partitions[1];
        Assert.Equal(
            (2, GptImage.Root, GptImage.Id(2), "ä-label"),
            (second.Number, second.Type, second.Id, second.Label)
        );
        Assert.Equal((long)image.FirstUsable * sectorSize, second.Offset);
        Assert.Equal((long)(image.LastUsable - image.FirstUsable + 1) * sectorSize, second.Length);
        Assert.True(second.NoAuto);
        Assert.False(table.Partitions[0].NoAuto);
    }

    [Fact]
    public void A_label_may_fill_its_field() =>
        Assert.Equal(
            new string('x', 36),
            GptImage.Read(new GptImage().Add(GptImage.Root, new string('x', 36)).Build()).Partitions[0].Label
        );

    [Theory]
    [InlineData(512)]
    [InlineData(4096)]
    public void The_copy_at_the_end_is_read_when_the_first_is_damaged(int sectorSize)
    {
        var image = new GptImage(sectorSize).Add(GptImage.Root);
        foreach (var damaged in new[] { sectorSize, sectorSize + 60, 2 * sectorSize + 5 })
        {
            var disk = image.Build();
            disk[damaged] ^= 0xff;

            var table = GptImage.Read(disk);

            Assert.True(table.IsFromBackup);
            Assert.Equal(sectorSize, table.SectorSize);
            Assert.Single(table.Partitions);
        }
    }

    [Fact]
    public void Two_damaged_copies_are_no_table()
    {
        var image = new GptImage().Add(GptImage.Root);
        var disk = image.Build();
        disk[512] ^= 0xff;
        disk[image.LastSector * 512] ^= 0xff;

        Assert.Equal(PartitionTableKind.None, GptImage.Read(disk).Kind);
    }

    [Theory]
    [InlineData(24, 2)] // own place
    [InlineData(40, 0)] // first usable sector
    [InlineData(48, GptImage.Size)] // last usable sector
    [InlineData(48, long.MaxValue)]
    [InlineData(72, -1)] // place of the table
    [InlineData(72, long.MaxValue)]
    [InlineData(72, GptImage.Size / 512 - 1)]
    [InlineData(80, 128 | (long)127 << 32)] // length of an entry
    [InlineData(80, 128 | (long)int.MinValue << 32)]
    [InlineData(80, int.MaxValue | (long)128 << 32)] // number of entries
    [InlineData(80, 4096 | (long)4096 << 32)]
    [InlineData(12, 91)] // length of the header
    [InlineData(12, 513)]
    [InlineData(12, uint.MaxValue)]
    [InlineData(8, 0)] // revision
    public void A_copy_that_claims_the_impossible_is_damaged_although_its_checksum_is_right(int field, long value)
    {
        var image = new GptImage().Add(GptImage.Root);
        var disk = image.Build();
        image.Patch(
            disk,
            backup: false,
            header =>
            {
                if (field is 8 or 12)
                {
                    BinaryPrimitives.WriteUInt32LittleEndian(header.Span[field..], (uint)value);
                }
                else
                {
                    BinaryPrimitives.WriteInt64LittleEndian(header.Span[field..], value);
                }
            }
        );

        Assert.True(GptImage.Read(disk).IsFromBackup);
    }

    [Fact]
    public void Entries_that_leave_the_disk_are_passed_over_and_keep_the_numbers_of_the_others()
    {
        var image = new GptImage();
        image.Add(GptImage.Root, first: 0).Add(GptImage.Root, first: 50, last: 49);
        image.Add(GptImage.Root, last: image.LastUsable + 1).Add(GptImage.Root, first: -5, last: -1).Add(GptImage.Usr);

        var partition = Assert.Single(GptImage.Read(image.Build()).Partitions);

        Assert.Equal(5, partition.Number);
        Assert.Equal(GptImage.Usr, partition.Type);
    }

    [Fact]
    public void A_boot_record_with_partitions_of_its_own_is_what_counts()
    {
        var disk = new GptImage().Add(GptImage.Root).Build();
        disk[446 + 4] = 0x83;

        Assert.Equal(PartitionTableKind.Mbr, GptImage.Read(disk).Kind);
    }

    [Fact]
    public void A_table_without_boot_record_is_still_read()
    {
        var disk = new GptImage().Add(GptImage.Root).Build();
        disk.AsSpan(0, 512).Clear();

        Assert.Equal(PartitionTableKind.Gpt, GptImage.Read(disk).Kind);
    }

    [Fact]
    public void A_boot_sector_of_a_file_system_and_an_empty_disk_are_no_table()
    {
        var fat = new byte[4096];
        Encoding.ASCII.GetBytes("NO NAME    FAT16   ").CopyTo(fat, 43);
        fat.AsSpan(62, 448).Fill((byte)'c');
        fat[510] = 0x55;
        fat[511] = 0xaa;

        Assert.Equal(PartitionTableKind.None, GptImage.Read(fat).Kind);
        Assert.Equal(PartitionTableKind.None, GptImage.Read(new byte[4096]).Kind);
        Assert.Equal(PartitionTableKind.None, GptImage.Read([]).Kind);
    }

    [Fact]
    public void Any_bytes_give_a_table_within_the_disk()
    {
        var good = new GptImage().Add(GptImage.Root, "a").Add(GptImage.Usr, "b").Build()[..(40 * 512)];
        var places = Gen.OneOf(Gen.Int[0, 2 * 512], Gen.Int[0, good.Length - 1]);
        var mutated = Gen.Select(places, Gen.Byte)
            .Array[0, 8]
            .Select(Gen.Int[0, good.Length])
            .Select(
                (changes, length) =>
                {
                    var copy = good.ToArray();
                    foreach (var (place, value) in changes)
                    {
                        copy[place] = value;
                    }

                    return copy[..length];
                }
            );

        Gen.OneOf(Gen.Byte.Array[0, 3000], mutated)
            .Sample(disk =>
                GptImage
                    .Read(disk)
                    .Partitions.All(p => p.Offset > 0 && p.Length > 0 && p.Offset + p.Length <= disk.Length)
            );
    }

    [Fact]
    public void A_header_of_any_bytes_with_a_right_checksum_gives_a_table_within_the_disk()
    {
        var image = new GptImage().Add(GptImage.Root);
        var good = image.Build();
        Gen.Select(Gen.Int[20, 88], Gen.Byte)
            .Array[1, 8]
            .Sample(changes =>
            {
                var disk = good.ToArray();
                disk.AsSpan(image.LastSector * 512, 512).Clear();
                image.Patch(
                    disk,
                    backup: false,
                    header =>
                    {
                        foreach (var (place, value) in changes)
                        {
                            header.Span[place] = value;
                        }
                    }
                );
                return GptImage.Read(disk).Partitions.All(p => p.Offset > 0 && p.Offset + p.Length <= disk.Length);
            });
    }

    [Fact]
    public void A_file_is_read_through_the_hosts_files()
    {
        using var directory = new TemporaryDirectory();
        var path = directory.Write("disk.raw", new GptImage().Add(GptImage.Root).Build());

        Assert.Single(PartitionTable.Read(new LinuxHostFiles(), path).Partitions);
        Assert.Throws<FileNotFoundException>(() => PartitionTable.Read(new LinuxHostFiles(), "/absent"));
    }
}
