using System.Buffers.Binary;
using System.Diagnostics;
using CsCheck;
using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Images;
using VmSpawn.Engine.Images.Fat;
using Xunit;

namespace VmSpawn.Engine.Tests.Images.Fat;

public sealed class FatVolumeTests
{
    private const string Long = "a-name-of-more-than-thirteen-characters.conf";

    private static FatVolume Open(byte[] volume) =>
        FatVolume.Open("x.raw", new DiskBytes(new MemoryStream(volume), volume.Length));

    private static string Text(FatVolume volume, string path)
    {
        using var reader = new StreamReader(volume.Open(volume.Find(path)!));
        return reader.ReadToEnd();
    }

    private static string Refused(byte[] volume)
    {
        var error = Assert.Throws<InvalidFileException>(() => Open(volume).List(Open(volume).Find("")!));
        Assert.Equal("InvalidFatFileSystem", error.ErrorId);
        return error.Reason;
    }

    [Theory]
    [InlineData(12, 200)]
    [InlineData(16, 5000)]
    [InlineData(32, 200)]
    public void Files_of_every_kind_of_FAT_are_found_and_read(int bits, int clusters)
    {
        var large = string.Concat(Enumerable.Range(0, 900).Select(i => $"{i} "));
        var volume = Open(
            new FatImage(bits, clusters)
                .Add("loader/loader.conf", "default a*\n")
                .Add($"loader/entries/{Long}", "title T\n")
                .Add("EFI/Linux/thirteenchars", large)
                .Add("empty", "")
                .Build()
        );

        Assert.Equal(bits, volume.Bits);
        Assert.Equal("default a*\n", Text(volume, "loader/loader.conf"));
        Assert.Equal("title T\n", Text(volume, $"LOADER/Entries/{Long.ToUpperInvariant()}"));
        Assert.Equal(large, Text(volume, "EFI/Linux/thirteenchars"));
        Assert.Equal("", Text(volume, "empty"));
        Assert.Equal([Long], volume.List(volume.Find("loader/entries")!).Select(entry => entry.Name));
        Assert.Null(volume.Find("loader/none"));
        Assert.Null(volume.Find("empty/none"));
    }

    [Fact]
    public void The_places_of_a_files_bytes_are_ranges_of_the_whole_image()
    {
        var image = new FatImage().Add("a", new byte[700]).Add("b", new string('b', 1200)).Build();
        var disk = new byte[4096 + image.Length];
        image.CopyTo(disk, 4096);
        var volume = FatVolume.Open(
            "x.raw",
            new DiskBytes(new MemoryStream(disk), disk.Length).Slice(4096, image.Length)
        );

        var extent = Assert.Single(volume.Locate(volume.Find("b")!, 1)!);

        Assert.Equal(1200, extent.Length);
        Assert.All(disk[(int)extent.Offset..(int)(extent.Offset + 1200)], b => Assert.Equal((byte)'b', b));
        var (offset, record) = volume.ReadRecord(volume.Find("b")!);
        Assert.Equal(record, disk[(int)offset..(int)(offset + 32)]);
    }

    [Fact]
    public void A_file_in_more_pieces_than_are_of_use_has_no_places()
    {
        var image = new FatImage();
        var volume = image.Add("a", new byte[512 * 4]).Build();
        var first = Open(volume).Find("a")!.FirstCluster;
        image.Set(first, first + 2);
        image.Set(first + 2, first + 1);
        image.Set(first + 1, first + 3);

        Assert.Equal(4, Open(volume).Locate(Open(volume).Find("a")!, 4)!.Count);
        Assert.Null(Open(volume).Locate(Open(volume).Find("a")!, 3));
    }

    [Fact]
    public void A_long_name_that_does_not_belong_to_its_short_one_is_passed_over()
    {
        var image = new FatImage(12).Add("long name.conf", "x");
        var volume = image.Build();
        volume[image.RootOffset + 13] ^= 1;

        Assert.Equal("N0000000", Assert.Single(Open(volume).List(Open(volume).Find("")!)).Name);
    }

    [Fact]
    public void Deleted_files_and_labels_are_passed_over_and_short_names_may_be_in_lower_case()
    {
        var image = new FatImage(12);
        var volume = image.Build();
        var root = volume.AsSpan(image.RootOffset);
        "KERNEL  IMG"u8.CopyTo(root);
        root[12] = 0x08 | 0x10;
        "LABEL      "u8.CopyTo(root[32..]);
        root[32 + 11] = 0x08;
        "?ELETED TXT"u8.CopyTo(root[64..]);
        root[64] = 0xe5;
        "README     "u8.CopyTo(root[96..]);

        Assert.Equal(["kernel.img", "README"], Open(volume).List(Open(volume).Find("")!).Select(entry => entry.Name));
    }

    [Fact]
    public void What_is_wrong_with_the_boot_sector_is_said()
    {
        Assert.Contains("no boot sector", Refused([]));
        Assert.Contains("no boot sector", Refused(new byte[1024]));
        Assert.Contains("sectors of 513", Refused(Changed(11, 513)));
        Assert.Contains("clusters of 3", Refused(Changed(13, 3 | (32 << 8))));
        Assert.Contains("no allocation table", Refused(Changed(14, 0)));
        Assert.Contains("more sectors", Refused(Changed(32, 0xffff)));
        Assert.Contains("no room", Refused(Changed(36, 0x7000)));
        Assert.Contains("root directory lies outside", Refused(Changed(44, 1)));

        static byte[] Changed(int offset, ushort value)
        {
            var volume = new FatImage().Build();
            BinaryPrimitives.WriteUInt16LittleEndian(volume.AsSpan(offset), value);
            return volume;
        }
    }

    [Fact]
    public void Loops_and_chains_that_are_cut_short_are_damage_and_end()
    {
        var image = new FatImage(12);
        var volume = image.Add("d/f", new string('x', 2000)).Build();
        var file = Open(volume).Find("d/f")!;
        image.Set(file.FirstCluster + 1, file.FirstCluster);
        Assert.Equal(2000, Text(Open(volume), "d/f").Length);

        image.Set(file.FirstCluster + 1, 0);
        Assert.Throws<IOException>(() => Text(Open(volume), "d/f"));
        Assert.Throws<IOException>(() => Open(volume).Locate(file, 100));

        var directory = Open(volume).Find("d")!;
        volume.AsSpan(image.OffsetOf(directory.FirstCluster), 512).Fill((byte)'x');
        image.Set(directory.FirstCluster, directory.FirstCluster);
        var error = Assert.Throws<InvalidFileException>(() => Open(volume).Find("d/none"));
        Assert.Contains("'d' has no end", error.Reason);
    }

    [Fact]
    public void A_file_that_claims_to_be_larger_than_its_volume_ends()
    {
        var image = new FatImage(12);
        var volume = image.Add("f", "x").Build();
        BinaryPrimitives.WriteUInt32LittleEndian(volume.AsSpan(image.RootOffset + 32 + 28), uint.MaxValue);
        var file = Open(volume).Find("f")!;
        image.Set(file.FirstCluster, file.FirstCluster);

        Assert.Equal(uint.MaxValue, file.Length);
        Assert.Throws<IOException>(() => Open(volume).Open(file).CopyTo(Stream.Null));
        Assert.ThrowsAny<Exception>(() => Open(volume).Locate(file, 10) ?? throw new IOException());
    }

    [Fact]
    public void A_directory_with_ten_thousand_long_names_is_read_at_once()
    {
        var image = new FatImage(32, 3000);
        for (var i = 0; i < 10_000; i++)
        {
            image.Add($"loader/entries/os-{i}.conf", "");
        }

        var volume = Open(image.Build());
        var clock = Stopwatch.StartNew();

        Assert.Equal(10_000, volume.List(volume.Find("loader/entries")!).Count);
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void Work_for_directories_that_share_their_clusters_is_bounded()
    {
        // 120 directories, each beginning one cluster further in one chain that goes round.
        var image = new FatImage(12, 400);
        image.Add("d/" + Long, "x");
        var volume = image.Build();
        for (var cluster = 2u; cluster < 400; cluster++)
        {
            image.Set(cluster, cluster == 399 ? 2 : cluster + 1);
            volume.AsSpan(image.OffsetOf(cluster), 512).Fill(0x20);
        }

        var opened = Open(volume);
        var clock = Stopwatch.StartNew();
        for (var cluster = 2u; cluster < 400; cluster++)
        {
            var directory = new FatEntry("d", IsDirectory: true, cluster, 0, 0);
            Assert.Throws<InvalidFileException>(() => opened.List(directory));
        }

        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(20));
    }

    [Theory]
    [InlineData(12)]
    [InlineData(32)]
    public void Any_bytes_give_files_within_the_volume_or_the_typed_error(int bits)
    {
        var image = new FatImage(bits, 100);
        var good = image
            .Add("loader/entries/" + Long, "title T\n")
            .Add("EFI/Linux/linux.efi", new byte[3000])
            .Build()
            .ToArray();
        var places = Gen.OneOf(
            Gen.Int[0, 64],
            Gen.Int[image.TableOffset, image.TableOffset + 160],
            Gen.Int[image.RootOffset, good.Length - 1]
        );

        Gen.Select(places, Gen.Byte)
            .Array[0, 12]
            .Sample(
                changes =>
                {
                    var copy = good.ToArray();
                    foreach (var (place, value) in changes)
                    {
                        copy[place] = value;
                    }

                    return IsHarmless(copy);
                },
                iter: 5_000
            );
        Gen.Byte.Array[0, 2048].Sample(bytes => IsHarmless(WithSignature(bytes)), iter: 5_000);
    }

    private static byte[] WithSignature(byte[] bytes)
    {
        if (bytes.Length >= 512)
        {
            (bytes[510], bytes[511]) = (0x55, 0xaa);
        }

        return bytes;
    }

    // Walks all there is, a few levels deep.
    private static bool IsHarmless(byte[] bytes)
    {
        try
        {
            var volume = Open(bytes);
            Walk(volume, volume.Find("")!, 0, bytes.Length);
            return true;
        }
        catch (InvalidFileException e)
        {
            return e is { ErrorId: "InvalidFatFileSystem", Reason.Length: > 0 };
        }
    }

    private static void Walk(FatVolume volume, FatEntry directory, int depth, int length)
    {
        foreach (var entry in volume.List(directory).Take(20))
        {
            if (entry.IsDirectory)
            {
                if (depth < 4)
                {
                    Walk(volume, entry, depth + 1, length);
                }

                continue;
            }

            try
            {
                var extents = volume.Locate(entry, 50) ?? [];
                Assert.All(extents, extent => Assert.InRange(extent.Offset + extent.Length, 1, length));
                volume.Open(entry).ReadExactly(new byte[Math.Min(entry.Length, 4096)]);
            }
            catch (IOException e)
            {
                Assert.NotEqual("", e.Message);
            }
        }
    }
}
