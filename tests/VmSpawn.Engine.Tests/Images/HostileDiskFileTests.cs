using CsCheck;
using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Host;
using VmSpawn.Engine.Images;
using Xunit;

namespace VmSpawn.Engine.Tests.Images;

/// <summary>A guest can write anything onto its disk; reading it neither fails in an unforeseen way nor waits.</summary>
public sealed class HostileDiskFileTests : IDisposable
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(20);

    private readonly TemporaryDirectory _directory = TemporaryDirectory.InMemory();
    private readonly LinuxHostFiles _files = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_file_of_any_bytes_has_a_table_and_a_header_or_a_typed_error()
    {
        var good = new GptImage().Add(GptImage.Root, "a").Build();
        var cut = Gen.Int[0, 80 * 512].Select(length => good[..length]);

        await Soon(() =>
            Gen.OneOf(Gen.Byte.Array[0, 6000], cut, Gen.Select(cut, Gen.Byte.Array[0, 600], Joined))
                .Sample(
                    bytes =>
                    {
                        var path = _directory.Write("disk.raw", bytes);
                        var table = PartitionTable.Read(_files, path);
                        return table.Partitions.All(p => p.Offset > 0 && p.Offset + p.Length <= bytes.Length)
                            && HeaderIsSound(path);
                    },
                    iter: 1_000,
                    threads: 1
                )
        );
    }

    [Fact]
    public async Task Entries_of_any_content_with_right_checksums_give_partitions_within_the_disk()
    {
        Guid[] known = [GptImage.Root, GptImage.Usr, GptImage.Root32, Guid.Empty];
        var entry = Gen.Select(
            Gen.OneOf(Gen.Int[0, known.Length - 1].Select(i => known[i]), Gen.Guid),
            Gen.String[0, 30],
            Gen.ULong,
            Gen.OneOf(Gen.Long, Gen.Long[0, 3000]),
            Gen.OneOf(Gen.Long, Gen.Long[0, 3000])
        );

        await Soon(() =>
            entry
                .Array[0, 128]
                .Sample(
                    entries =>
                    {
                        var image = new GptImage();
                        foreach (var (type, label, attributes, first, last) in entries)
                        {
                            image.Add(type, label, attributes, first, last);
                        }

                        var table = GptImage.Read(image.Build());
                        return table.Partitions.All(p =>
                                p.Offset > 0 && p.Length > 0 && p.Offset + p.Length <= GptImage.Size
                            ) && RootIsFoundOrRefused(table);
                    },
                    iter: 1_000
                )
        );
    }

    [Fact]
    public async Task A_disk_of_many_tebibytes_is_read_at_once()
    {
        var path = _directory.PathOf("huge.raw");
        await using (var huge = File.Create(path))
        {
            huge.Write(new GptImage().Add(GptImage.Root).Build());
            huge.SetLength(8L << 40);
            huge.Position = huge.Length - 512;
            huge.Write("EFI PART"u8);
        }

        // The table of a shorter disk: its header does not end where this one does, and the copy there is none.
        await Soon(() => Assert.All(PartitionTable.Read(_files, path).Partitions, p => Assert.True(p.Length > 0)));
    }

    private static byte[] Joined(byte[] first, byte[] second) => [.. first, .. second];

    private bool HeaderIsSound(string path)
    {
        try
        {
            return DiskImage.ReadHeader(_files, path).VirtualSize is null or >= 0;
        }
        catch (InvalidFileException e)
        {
            return e.FilePath == path;
        }
    }

    private static bool RootIsFoundOrRefused(PartitionTable table)
    {
        try
        {
            var root = RootPartition.Find(
                table,
                "disk.raw",
                new RootPartitionTypes(GptImage.Root, GptImage.Usr),
                new RootPartitionTypes(GptImage.Root32, GptImage.Usr32)
            );
            return root.KernelArgument.Contains("=PARTUUID=", StringComparison.Ordinal);
        }
        catch (VmSpawnException e)
        {
            return (string?)e.Target == "disk.raw";
        }
    }

    private static Task Soon(Action action) =>
        Task.Run(action, TestContext.Current.CancellationToken).WaitAsync(Bound, TestContext.Current.CancellationToken);
}
