using System.Text;
using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Images;

namespace VmSpawn.Engine.Boot;

/// <summary>Reads entries of type 2: unified kernel images, <c>EFI/Linux/*.efi</c>.</summary>
internal static class UnifiedEntryReader
{
    /// <summary>Longest text section that is believed, in bytes.</summary>
    private const int TextLimit = 64 * 1024;

    /// <summary>All of a partition; what is no unified kernel image is passed over.</summary>
    public static IEnumerable<BootEntry> ReadAll(BootPartition partition) =>
        partition.List("EFI/Linux", ".efi").Select(file => Read(partition, file)).OfType<BootEntry>();

    private static BootEntry? Read(BootPartition partition, string file)
    {
        try
        {
            var length = partition.Files.GetLength(file);
            using var stream = partition.Files.OpenRead(file);
            return Read(partition, file, new DiskBytes(stream, length));
        }
        catch (InvalidFileException e)
        {
            partition.Warn(file, e.Reason);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            partition.Warn(file, $"it cannot be read: {e.Message}");
        }

        return null;
    }

    internal static BootEntry? Read(BootPartition partition, string file, DiskBytes content)
    {
        var program = PortableExecutable.Read(content, file);
        if (!program.IsEfiApplication || !program.Has(".linux") || !program.Has(".osrel"))
        {
            partition.Warn(file, "it is no unified kernel image.");
            return null;
        }

        var release = OsRelease.Parse(ReadSection(program, ".osrel", content, file));
        var title = release.First("PRETTY_NAME", "IMAGE_ID", "NAME", "ID");
        if (title is null)
        {
            partition.Warn(file, "its .osrel section names no system.");
            return null;
        }

        var name = BootEntryName.Parse(Path.GetFileName(file));
        return new BootEntry
        {
            Id = name.Id,
            Type = BootEntryType.Unified,
            Path = file,
            Title = title,
            SortKey = release.First("IMAGE_ID", "ID"),
            Architecture = EfiArchitecture.FromMachine(program.Machine),
            KernelRelease = Text(".uname", program, content, file),
            Version = release.First("IMAGE_VERSION", "VERSION", "VERSION_ID", "BUILD_ID"),
            Options = Text(".cmdline", program, content, file),
            Kernel = file,
            IsUnified = true,
            TriesLeft = name.TriesLeft,
            TriesDone = name.TriesDone,
            Problem = partition.WhyUnusable("kernel", file),
        };
    }

    // One line of text, which may be padded.
    private static string? Text(string section, PortableExecutable program, DiskBytes content, string file)
    {
        if (!program.Has(section))
        {
            return null;
        }

        var text = Encoding.UTF8.GetString(ReadSection(program, section, content, file));
        var end = text.IndexOf('\0');
        text = LoaderLines.Printable((end < 0 ? text : text[..end]).Trim());
        return text.Length > 0 ? text : null;
    }

    private static byte[] ReadSection(PortableExecutable program, string name, DiskBytes content, string file)
    {
        var section = program.Find(name)!;
        return section.Length <= TextLimit && content.TryRead(section.Offset, (int)section.Length) is { } bytes
            ? bytes
            : throw new InvalidFileException(
                "InvalidExecutable",
                "EFI program",
                file,
                $"its section '{name}' is longer than {TextLimit} bytes"
            );
    }
}
