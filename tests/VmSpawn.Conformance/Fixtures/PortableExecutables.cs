using System.Buffers.Binary;
using System.Text;

namespace VmSpawn.Conformance.Fixtures;

/// <summary>PE32+ files with sections and no code (Microsoft's PE format), which is all that a unified kernel image needs to be recognised.</summary>
internal static class PortableExecutables
{
    private const int HeaderOffset = 64;
    private const int OptionalHeaderSize = 112;
    private const int SectionHeaderSize = 40;

    public static void UnifiedKernel(this FixtureWriter writer, string path, int version) =>
        writer.Executable(
            path,
            (".osrel", $"ID=testos\nVERSION_ID={version}\nPRETTY_NAME=\"Test OS {version}\"\n"),
            (".cmdline", $"ukiarg={version}"),
            (".linux", FixtureContent.Kernel)
        );

    public static void Executable(
        this FixtureWriter writer,
        string path,
        params ReadOnlySpan<(string Name, string Content)> sections
    ) => writer.Executable(path, subsystem: 10, sections);

    public static void Executable(
        this FixtureWriter writer,
        string path,
        ushort subsystem,
        params ReadOnlySpan<(string Name, string Content)> sections
    )
    {
        var headers = HeaderOffset + 4 + 20 + OptionalHeaderSize + (SectionHeaderSize * sections.Length);
        var dataStart = (headers + 511) / 512 * 512;
        using var file = new MemoryStream();
        file.SetLength(dataStart);
        var start = file.GetBuffer().AsSpan(0, dataStart);
        WriteHeaders(start, sections.Length, subsystem);
        file.Position = dataStart;
        for (var i = 0; i < sections.Length; i++)
        {
            var content = Encoding.UTF8.GetBytes(sections[i].Content);
            var header = new byte[SectionHeaderSize];
            Encoding.ASCII.GetBytes(sections[i].Name).CopyTo(header, 0);
            BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(8), content.Length);
            BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(12), 0x1000 * (i + 1));
            BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(16), content.Length);
            BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(20), (int)file.Position);
            BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(36), 0x40000040);
            file.Write(content);
            header.CopyTo(file.GetBuffer(), headers - (SectionHeaderSize * (sections.Length - i)));
        }

        writer.Bytes(path, file.GetBuffer().AsSpan(0, (int)file.Length));
    }

    private static void WriteHeaders(Span<byte> file, int sections, ushort subsystem)
    {
        "MZ"u8.CopyTo(file);
        BinaryPrimitives.WriteInt32LittleEndian(file[60..], HeaderOffset);
        "PE\0\0"u8.CopyTo(file[HeaderOffset..]);
        var coff = file[(HeaderOffset + 4)..];
        BinaryPrimitives.WriteUInt16LittleEndian(coff, 0x8664);
        BinaryPrimitives.WriteUInt16LittleEndian(coff[2..], (ushort)sections);
        BinaryPrimitives.WriteUInt16LittleEndian(coff[16..], OptionalHeaderSize);
        BinaryPrimitives.WriteUInt16LittleEndian(coff[18..], 0x22);
        BinaryPrimitives.WriteUInt16LittleEndian(coff[20..], 0x20b);
        BinaryPrimitives.WriteUInt16LittleEndian(coff[(20 + 68)..], subsystem);
    }
}
