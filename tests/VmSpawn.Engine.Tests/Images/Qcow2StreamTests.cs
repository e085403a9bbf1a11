using System.Buffers.Binary;
using System.Diagnostics;
using CsCheck;
using VmSpawn.Engine.Host;
using VmSpawn.Engine.Images;
using VmSpawn.Engine.Tests.Fakes;
using Xunit;

namespace VmSpawn.Engine.Tests.Images;

public sealed class Qcow2StreamTests
{
    private static readonly byte[] Disk = MakeDisk();

    [Theory]
    [InlineData(9)]
    [InlineData(12)]
    [InlineData(16)]
    public void A_guest_sees_what_was_written(int clusterBits)
    {
        using var stream = Open(QcowImage.Of(Disk, clusterBits));
        var seen = new byte[Disk.Length];

        Assert.Equal(Disk.Length, stream.Length);
        stream.ReadExactly(seen);
        Assert.Equal(Disk, seen);
        Assert.Equal(0, stream.Read(seen));
    }

    [Fact]
    public void Any_part_can_be_read() =>
        Gen.Select(Gen.Int[0, Disk.Length], Gen.Int[0, 20_000])
            .Sample(
                (start, count) =>
                {
                    using var stream = Open(QcowImage.Of(Disk));
                    stream.Position = start;
                    var seen = new byte[count];
                    var read = stream.ReadAtLeast(seen, count, throwOnEndOfStream: false);
                    return read == Math.Min(count, Disk.Length - start)
                        && Disk.AsSpan(start, read).SequenceEqual(seen.AsSpan(0, read));
                },
                iter: 200
            );

    [Fact]
    public void What_cannot_be_read_here_is_said()
    {
        Assert.Contains("another file", Refused(QcowImage.Empty(1 << 20, "base")), StringComparison.Ordinal);
        var encrypted = QcowImage.Of(Disk);
        BinaryPrimitives.WriteUInt32BigEndian(encrypted.AsSpan(32), 1);
        Assert.Contains("encrypted", Refused(encrypted), StringComparison.Ordinal);
        var extended = QcowImage.Of(Disk);
        BinaryPrimitives.WriteUInt64BigEndian(extended.AsSpan(72), 1 << 4);
        Assert.Contains("not known", Refused(extended), StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_image_gives_bytes_or_the_errors_of_a_file()
    {
        var good = QcowImage.Of(Disk);
        Gen.Select(Gen.Select(Gen.Int[0, 3 * 4096], Gen.Byte).Array[1, 12], Gen.Int[0, good.Length])
            .Sample(
                (changes, length) =>
                {
                    var image = good.ToArray();
                    foreach (var (place, value) in changes)
                    {
                        image[place] = value;
                    }

                    try
                    {
                        using var stream = Open(image[..length]);
                        return PartitionTable.Read(new DiskBytes(stream, stream.Length)).Partitions.Length >= 0;
                    }
                    catch (Exception e) when (e is IOException or NotSupportedException)
                    {
                        return e.Message.Length > 0;
                    }
                },
                iter: 5_000
            );
    }

    [Theory]
    [InlineData("qcow2", "compat=0.10")]
    [InlineData("qcow2", "compat=1.1,cluster_size=512")]
    [InlineData("-c", "compat=1.1")]
    public async Task QEMUs_own_images_are_read(string kind, string options)
    {
        if (new LinuxHost().FindExecutable("qemu-img") is not { } qemuImg)
        {
            Assert.Skip("qemu-img is not installed");
            return;
        }

        using var directory = new TemporaryDirectory();
        var raw = directory.Write("disk.raw", new GptImage().Add(GptImage.Root, "root").Build());
        var image = directory.PathOf("disk.qcow2");
        string[] compression = kind == "-c" ? ["-c"] : [];
        using var converter = Process.Start(
            qemuImg,
            ["convert", .. compression, "-f", "raw", "-O", "qcow2", "-o", options, raw, image]
        );
        await converter.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, converter.ExitCode);

        var partition = Assert.Single(PartitionTable.ReadQcow2(new LinuxHostFiles(), image).Partitions);
        Assert.Equal((GptImage.Root, "root"), (partition.Type, partition.Label));
    }

    private static Qcow2Stream Open(byte[] image) => new(new DiskBytes(new MemoryStream(image), image.Length));

    private static string Refused(byte[] image) => Assert.Throws<NotSupportedException>(() => Open(image)).Message;

    // A partition table, emptiness, and something that does not compress.
    private static byte[] MakeDisk()
    {
        var disk = new GptImage().Add(GptImage.Root).Build();
        new Random(1).NextBytes(disk.AsSpan(300_000, 100_000));
        return disk;
    }
}
