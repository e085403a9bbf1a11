using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;
using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Host;
using VmSpawn.Engine.Images;

namespace VmSpawn.Engine.Boot;

/// <summary>One section of a PE file.</summary>
/// <param name="Name">Its name, up to 8 characters, such as <c>.linux</c>.</param>
/// <param name="Offset">Place of its bytes in the file.</param>
/// <param name="Length">Number of its bytes in the file that belong to the content, without padding.</param>
public sealed record PortableSection(string Name, long Offset, long Length);

/// <summary>
/// The headers of a PE file (Microsoft's "PE Format"), the form of EFI programs, EFI-stub kernels and unified kernel
/// images. All that is said here lies within the file.
/// </summary>
/// <param name="Machine">Architecture, such as 0x8664 for x86-64.</param>
/// <param name="Subsystem">What runs it; see <see cref="IsEfiApplication"/>.</param>
/// <param name="Sections">Sections in the file's order.</param>
public sealed record PortableExecutable(ushort Machine, ushort Subsystem, ImmutableArray<PortableSection> Sections)
{
    private const int DosHeaderLength = 64;
    private const int FileHeaderLength = 24; // with the signature
    private const int SubsystemOffset = 68; // in the optional header, the same in PE32 and PE32+
    private const int SectionHeaderLength = 40;
    private const int SectionLimit = 512;
    private const ushort EfiApplicationSubsystem = 10;

    /// <summary>True if EFI firmware runs it.</summary>
    public bool IsEfiApplication => Subsystem == EfiApplicationSubsystem;

    /// <summary>True if there is a section of that name.</summary>
    public bool Has(string name) => Find(name) is not null;

    /// <summary>The first section of that name, or <see langword="null"/>.</summary>
    public PortableSection? Find(string name) => Sections.FirstOrDefault(section => section.Name == name);

    /// <summary>Reads the headers of a file.</summary>
    /// <exception cref="InvalidFileException"><c>InvalidExecutable</c>: it is no PE file, or a damaged one.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The caller may not read it.</exception>
    public static PortableExecutable Read(IFileTree files, string path)
    {
        var length = files.GetLength(path);
        using var stream = files.OpenRead(path);
        return Read(new DiskBytes(stream, length), path);
    }

    internal static PortableExecutable Read(DiskBytes file, string path)
    {
        if (file.TryRead(0, DosHeaderLength) is not { } dos || !dos.AsSpan().StartsWith("MZ"u8))
        {
            throw Invalid(path, "it is no PE file");
        }

        var start = BinaryPrimitives.ReadUInt32LittleEndian(dos.AsSpan(60));
        if (file.TryRead(start, FileHeaderLength) is not { } header || !header.AsSpan().StartsWith("PE\0\0"u8))
        {
            throw Invalid(path, "it has an MZ header, but no PE header");
        }

        var sectionCount = BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(6));
        var optionalLength = BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(20));
        var optionalStart = start + FileHeaderLength;
        if (
            optionalLength < SubsystemOffset + sizeof(ushort)
            || file.TryRead(optionalStart, SubsystemOffset + sizeof(ushort)) is not { } optional
        )
        {
            throw Invalid(path, "its optional header is cut short");
        }

        if (
            sectionCount > SectionLimit
            || file.TryRead(optionalStart + optionalLength, sectionCount * SectionHeaderLength) is not { } sections
        )
        {
            throw Invalid(path, "its section table is cut short");
        }

        return new PortableExecutable(
            BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(4)),
            BinaryPrimitives.ReadUInt16LittleEndian(optional.AsSpan(SubsystemOffset)),
            ReadSections(sections, file.Length, path)
        );
    }

    private static ImmutableArray<PortableSection> ReadSections(byte[] table, long fileLength, string path)
    {
        var sections = ImmutableArray.CreateBuilder<PortableSection>(table.Length / SectionHeaderLength);
        for (var i = 0; i < table.Length; i += SectionHeaderLength)
        {
            var header = table.AsSpan(i, SectionHeaderLength);
            var name = Encoding.Latin1.GetString(header[..8]).TrimEnd('\0');
            var virtualSize = BinaryPrimitives.ReadUInt32LittleEndian(header[8..]);
            var rawSize = BinaryPrimitives.ReadUInt32LittleEndian(header[16..]);
            var offset = BinaryPrimitives.ReadUInt32LittleEndian(header[20..]);

            // The size in the file is rounded up, the one in memory is exact; with less in the file the rest is zero.
            var length = Math.Min(virtualSize, rawSize);
            if (length > 0 && offset + (long)length > fileLength)
            {
                throw Invalid(path, $"its section '{OneLine.Of(name, 8)}' lies outside the file");
            }

            sections.Add(new PortableSection(name, offset, length));
        }

        return sections.ToImmutable();
    }

    private static InvalidFileException Invalid(string path, string reason) =>
        new("InvalidExecutable", "EFI program", path, reason);
}
