using System.Buffers.Binary;
using System.Text;

namespace VmSpawn.Engine.Tests.Boot;

/// <summary>Makes PE32+ files without code.</summary>
internal sealed class ProgramBuilder
{
    private const int HeaderStart = 64;
    private const int OptionalLength = 112;

    private readonly List<(string Name, byte[] Content)> sections = [];

    public ushort Subsystem { get; init; } = 10;

    public static int OptionalStart => HeaderStart + 24;

    public static int SectionTable => OptionalStart + OptionalLength;

    /// <summary>A unified kernel image.</summary>
    public static byte[] Unified(string osRelease = "ID=test\n", string? commandLine = null)
    {
        var builder = new ProgramBuilder().With(".osrel", osRelease).With(".linux", "KERNEL");
        return (commandLine is null ? builder : builder.With(".cmdline", commandLine)).Build();
    }

    public ProgramBuilder With(string section, string content)
    {
        sections.Add((section, Encoding.UTF8.GetBytes(content)));
        return this;
    }

    public byte[] Build()
    {
        var contentStart = (SectionTable + (40 * sections.Count) + 511) / 512 * 512;
        var file = new byte[contentStart + sections.Sum(section => section.Content.Length)];
        "MZ"u8.CopyTo(file);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(60), HeaderStart);
        "PE\0\0"u8.CopyTo(file.AsSpan(HeaderStart));
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(HeaderStart + 4), 0x8664);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(HeaderStart + 6), (ushort)sections.Count);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(HeaderStart + 20), OptionalLength);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(OptionalStart), 0x20b);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(OptionalStart + 68), Subsystem);
        var content = contentStart;
        for (var i = 0; i < sections.Count; i++)
        {
            var header = file.AsSpan(SectionTable + (40 * i), 40);
            Encoding.ASCII.GetBytes(sections[i].Name, header);
            BinaryPrimitives.WriteInt32LittleEndian(header[8..], sections[i].Content.Length);
            BinaryPrimitives.WriteInt32LittleEndian(header[16..], sections[i].Content.Length);
            BinaryPrimitives.WriteInt32LittleEndian(header[20..], content);
            sections[i].Content.CopyTo(file, content);
            content += sections[i].Content.Length;
        }

        return file;
    }
}
