using System.Buffers.Binary;
using System.Diagnostics;
using CsCheck;
using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Host;
using VmSpawn.Engine.Images;
using Xunit;

namespace VmSpawn.Engine.Tests.Images;

public sealed class DiskImageTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();

    public void Dispose() => directory.Dispose();

    private static DiskImageHeader Read(byte[] content) =>
        DiskImage.ReadHeader(new DiskBytes(new MemoryStream(content), content.Length), "disk.img");

    private static byte[] Qcow2(uint version = 3, uint clusterBits = 16, long size = 1 << 20)
    {
        var header = new byte[1024];
        new byte[] { (byte)'Q', (byte)'F', (byte)'I', 0xfb }.CopyTo(header, 0);
        BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(4), version);
        BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(20), clusterBits);
        BinaryPrimitives.WriteInt64BigEndian(header.AsSpan(24), size);
        return header;
    }

    [Theory]
    [InlineData("raw", DiskFormat.Raw, true)]
    [InlineData("qcow2", DiskFormat.Qcow2, true)]
    [InlineData("qcow2,compat=0.10", DiskFormat.Qcow2, true)]
    [InlineData("vmdk", DiskFormat.Vmdk, true)]
    [InlineData("vmdk,subformat=monolithicFlat", DiskFormat.Vmdk, false)]
    [InlineData("vhdx", DiskFormat.Vhdx, false)]
    [InlineData("vdi", DiskFormat.Vdi, true)]
    public void Images_made_by_QEMU_are_recognized(string format, DiskFormat expected, bool knowsSize)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/qemu-img"), "qemu-img is not installed");
        var path = directory.PathOf("disk");
        var parts = format.Split(',');
        string[] options = parts.Length > 1 ? ["-o", parts[1]] : [];
        using var make = Process.Start("/usr/bin/qemu-img", ["create", "-q", "-f", parts[0], .. options, path, "20M"]);
        make.WaitForExit();
        Assert.Equal(0, make.ExitCode);

        var header = DiskImage.ReadHeader(new LinuxHostFiles(), path);

        Assert.Equal(expected, header.Format);
        Assert.Equal(knowsSize ? 20 << 20 : null, header.VirtualSize);
        Assert.Null(header.BackingFile);
        Assert.False(header.HasDataFile);
    }

    [Fact]
    public void A_backing_file_and_a_data_file_are_seen()
    {
        var header = Qcow2();
        BinaryPrimitives.WriteInt64BigEndian(header.AsSpan(8), 512);
        BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(16), 8);
        "base.img"u8.CopyTo(header.AsSpan(512));
        header[79] = 4;

        Assert.Equal("base.img", Read(header).BackingFile);
        Assert.True(Read(header).HasDataFile);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(511)]
    [InlineData(4096)]
    public void What_has_no_known_header_is_raw(int length) =>
        Assert.Equal(new DiskImageHeader(DiskFormat.Raw, length), Read(new byte[length]));

    [Fact]
    public void A_damaged_header_is_refused_with_what_is_wrong()
    {
        static string Refused(byte[] content)
        {
            var error = Assert.Throws<InvalidFileException>(() => Read(content));
            Assert.Equal("InvalidImage", error.ErrorId);
            Assert.Contains("disk.img", error.Message);
            return error.Reason;
        }

        Assert.Contains("cut short", Refused(Qcow2()[..71]));
        Assert.Contains("cut short", Refused(Qcow2()[..103]));
        Assert.Contains("version 9", Refused(Qcow2(version: 9)));
        Assert.Contains("2^63", Refused(Qcow2(clusterBits: 63)));
        Assert.Contains("impossible size", Refused(Qcow2(size: -1)));

        var name = Qcow2();
        BinaryPrimitives.WriteInt64BigEndian(name.AsSpan(8), long.MaxValue);
        BinaryPrimitives.WriteUInt32BigEndian(name.AsSpan(16), 8);
        Assert.Contains("backing file", Refused(name));
        BinaryPrimitives.WriteInt64BigEndian(name.AsSpan(8), 512);
        BinaryPrimitives.WriteUInt32BigEndian(name.AsSpan(16), uint.MaxValue);
        Assert.Contains("backing file", Refused(name));
    }

    [Fact]
    public void Any_bytes_give_a_header_or_the_typed_error()
    {
        byte[][] starts =
        [
            [],
            [0x51, 0x46, 0x49, 0xfb, 0, 0, 0],
            "KDMV"u8.ToArray(),
            "vhdxfile"u8.ToArray(),
            "COWD"u8.ToArray(),
        ];
        Gen.Int[0, starts.Length - 1]
            .Select(Gen.Byte.Array[0, 600])
            .Sample(
                (start, rest) =>
                {
                    try
                    {
                        return Read([.. starts[start], .. rest]).VirtualSize is null or >= 0;
                    }
                    catch (InvalidFileException)
                    {
                        return start == 1;
                    }
                }
            );
    }
}
