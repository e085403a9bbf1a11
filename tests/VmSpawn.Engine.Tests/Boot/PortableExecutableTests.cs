using System.Buffers.Binary;
using CsCheck;
using VmSpawn.Engine.Boot;
using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Host;
using VmSpawn.Engine.Images;
using Xunit;

namespace VmSpawn.Engine.Tests.Boot;

public sealed class PortableExecutableTests
{
    private static PortableExecutable Read(byte[] file) =>
        PortableExecutable.Read(new DiskBytes(new MemoryStream(file), file.Length), "x.efi");

    private static string Refused(byte[] file) => Assert.Throws<InvalidFileException>(() => Read(file)).Reason;

    [Fact]
    public void Headers_and_sections_are_read()
    {
        var program = Read(new ProgramBuilder().With(".osrel", "ID=x").With(".linux", "KERNEL").Build());

        Assert.Equal(0x8664, program.Machine);
        Assert.True(program.IsEfiApplication);
        Assert.Equal([".osrel", ".linux"], program.Sections.Select(section => section.Name));
        Assert.Equal(6, program.Find(".linux")!.Length);
        Assert.Equal(program.Find(".osrel")!.Offset + 4, program.Find(".linux")!.Offset);
        Assert.False(program.Has(".initrd"));
    }

    [Fact]
    public void Padding_does_not_belong_to_a_section()
    {
        var file = new ProgramBuilder().With(".a", "1234").Build();
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(ProgramBuilder.SectionTable + 8), 2);

        Assert.Equal(2, Read(file).Find(".a")!.Length);
    }

    [Fact]
    public void What_is_wrong_is_said()
    {
        var good = new ProgramBuilder().With(".a", "1234").Build();

        Assert.Contains("no PE file", Refused([]));
        Assert.Contains("no PE file", Refused(new byte[100]));
        Assert.Contains("no PE header", Refused(good[..70]));
        Assert.Contains("optional header", Refused(good[..(ProgramBuilder.OptionalStart + 60)]));
        Assert.Contains("section table", Refused(good[..(ProgramBuilder.SectionTable + 39)]));
        Assert.Contains("'.a' lies outside", Refused(good[..^1]));
        var far = good.ToArray();
        BinaryPrimitives.WriteUInt32LittleEndian(far.AsSpan(60), uint.MaxValue);
        Assert.Contains("no PE header", Refused(far));
        var many = good.ToArray();
        BinaryPrimitives.WriteUInt16LittleEndian(many.AsSpan(70), ushort.MaxValue);
        Assert.Contains("section table", Refused(many));
        var outside = good.ToArray();
        BinaryPrimitives.WriteUInt32LittleEndian(outside.AsSpan(ProgramBuilder.SectionTable + 20), uint.MaxValue);
        Assert.Contains("lies outside", Refused(outside));
    }

    [Fact]
    public void Any_bytes_give_sections_within_the_file_or_the_typed_error()
    {
        var good = ProgramBuilder.Unified("ID=x\n", "quiet");
        var places = Gen.OneOf(Gen.Int[60, ProgramBuilder.SectionTable + 120], Gen.Int[0, good.Length - 1]);
        var mutated = Gen.Select(places, Gen.Byte)
            .Array[0, 6]
            .Select(Gen.Int[0, good.Length])
            .Select(
                (changes, length) =>
                {
                    var copy = good.ToArray();
                    foreach (var (place, value) in changes)
                    {
                        copy[place] = value;
                    }

                    return copy[..Math.Max(length, length % 3 == 0 ? length : good.Length)];
                }
            );

        Gen.OneOf(Gen.Byte.Array[0, 300], mutated)
            .Sample(
                file =>
                {
                    try
                    {
                        return Read(file).Sections.All(s => s.Length == 0 || s.Offset + s.Length <= file.Length);
                    }
                    catch (InvalidFileException e)
                    {
                        return e.Reason.Length > 0;
                    }
                },
                iter: 50_000
            );
    }

    [Theory]
    [InlineData(KernelImageKind.Unified, 10, ".osrel", ".linux", ".cmdline")]
    [InlineData(KernelImageKind.EfiStub, 10, ".text", ".data", ".setup")]
    [InlineData(KernelImageKind.Addon, 10, ".cmdline", ".text", ".sbat")]
    [InlineData(KernelImageKind.Plain, 3, ".linux", ".osrel", ".cmdline")]
    public void Kernels_are_recognized_by_their_sections(
        KernelImageKind kind,
        int subsystem,
        string a,
        string b,
        string c
    )
    {
        using var directory = new TemporaryDirectory();
        var builder = new ProgramBuilder { Subsystem = (ushort)subsystem };
        var path = directory.Write("kernel", builder.With(a, "x").With(b, "y").With(c, "z").Build());

        Assert.Equal(kind, KernelImage.Detect(new LinuxHostFiles(), path));
    }

    [Fact]
    public void What_is_no_EFI_program_is_a_plain_kernel()
    {
        using var directory = new TemporaryDirectory();

        Assert.Equal(
            KernelImageKind.Plain,
            KernelImage.Detect(new LinuxHostFiles(), directory.Write("kernel", "text"))
        );
        Assert.Equal(KernelImageKind.Plain, KernelImage.Detect(new LinuxHostFiles(), directory.Write("empty", "")));
    }
}
