using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Host;

namespace VmSpawn.Engine.Boot;

/// <summary>A directory that stands for a boot partition: <c>efi</c> or <c>boot</c> of a tree.</summary>
/// <param name="files">The files it is one of.</param>
/// <param name="boundary">Keeps paths inside the tree.</param>
/// <param name="root">The directory.</param>
/// <param name="warnings">What the user should know.</param>
internal sealed class BootPartition(IFileTree files, TreeBoundary boundary, string root, BootWarnings warnings)
{
    /// <summary>Longest text file that is read, in bytes; entries have some hundred.</summary>
    private const int TextLimit = 64 * 1024;

    /// <summary>Most text that is read of all entries together, in bytes: it is kept in memory.</summary>
    private const int TotalTextLimit = 64 * 1024 * 1024;

    /// <summary>Most files in a directory that are looked at, the capacity of a directory on FAT.</summary>
    private const int FileLimit = 65536;

    /// <summary>Most files that an entry names that are remembered.</summary>
    private const int ReasonLimit = 65536;

    private readonly Dictionary<string, string?> reasons = new(StringComparer.Ordinal);
    private int textLeft = TotalTextLimit;

    /// <summary>The directory.</summary>
    public string Root { get; } = root;

    /// <summary>The files it is one of.</summary>
    public IFileTree Files { get; } = files;

    /// <summary>
    /// Regular files with a suffix in a directory below the partition, sorted by name. Names that the Boot Loader
    /// Specification forbids are reported, hidden files and links passed over.
    /// </summary>
    /// <param name="directory">Path relative to the partition, such as <c>loader/entries</c>.</param>
    /// <param name="suffix">Suffix in lower case; the file's may have any case.</param>
    /// <exception cref="VmSpawnException"><c>BootDirectoryIsLink</c>.</exception>
    public IEnumerable<string> List(string directory, string suffix)
    {
        if (Enter(directory) is not { } path)
        {
            yield break;
        }

        var names = Files.EnumerateNames(path).Order(StringComparer.Ordinal).ToList();
        if (names.Count > FileLimit)
        {
            warnings.Add($"Of the {names.Count} files in '{path}' only the first {FileLimit} are looked at.");
        }

        foreach (var name in names.Take(FileLimit))
        {
            if (name.StartsWith('.') || !name.EndsWith(suffix, StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            var file = $"{path}/{name}";
            if (!BootEntryName.IsValid(name))
            {
                warnings.Add(
                    $"Boot entry '{path}/{OneLine.Of(name, 255)}' is passed over: its name has characters that are not allowed."
                );
            }
            else if (Files.ReadLink(file) is null && Files.GetKind(file) is FileKind.Regular)
            {
                yield return file;
            }
        }
    }

    /// <summary>Content of a text file below the partition, or <see langword="null"/> if it is not there or cannot be read.</summary>
    public byte[]? ReadText(string directory, string name)
    {
        if (Enter(directory) is not { } path)
        {
            return null;
        }

        var file = $"{path}/{name}";
        return Files.ReadLink(file) is null && Files.GetKind(file) is FileKind.Regular ? ReadText(file) : null;
    }

    /// <summary>Content of a text file, or <see langword="null"/>, reported, if it cannot be read.</summary>
    public byte[]? ReadText(string file)
    {
        try
        {
            var text = SmallFile.Read(Files, file, TextLimit + 1);
            textLeft -= text.Length;
            if (text.Length <= TextLimit && textLeft >= 0)
            {
                return text;
            }

            Warn(
                file,
                textLeft < 0
                    ? $"it is passed over: all entries together have more than {TotalTextLimit >> 20} MiB."
                    : $"it is passed over: it has more than {TextLimit >> 10} KiB."
            );
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Warn(file, $"it cannot be read: {e.Message}");
            return null;
        }
    }

    /// <summary>Reports something about a file.</summary>
    public void Warn(string file, string message) => warnings.Add($"Boot entry '{file}': {message}");

    /// <summary>Why a file that an entry names cannot be used, in a clause; <see langword="null"/> if it can.</summary>
    public string? WhyUnusable(string what, string file)
    {
        // Entries share kernels and initrds.
        if (!reasons.TryGetValue(file, out var reason))
        {
            reason = LookAt(file);
            if (reasons.Count < ReasonLimit)
            {
                reasons.Add(file, reason);
            }
        }

        return reason is null ? null : $"its {what} '{file}' {reason}";
    }

    private string? LookAt(string file) =>
        Files.GetKind(file) switch
        {
            // Asked first: a path that leads nowhere may have any number of components.
            FileKind.Missing => "does not exist",
            _ when !boundary.Holds(file) => "is a link that leaves the directory",
            FileKind.Regular when Files.CanRead(file) => null,
            FileKind.Regular or FileKind.Inaccessible => "may not be read",
            _ => "is no regular file",
        };

    /// <summary>Path of a directory below the partition, or <see langword="null"/> if it is not there.</summary>
    private string? Enter(string directory)
    {
        if (!boundary.Holds(Root))
        {
            throw IsLink(Root, "it leads out of the directory tree");
        }

        var path = Root;
        foreach (var component in directory.Split('/'))
        {
            path = $"{path}/{component}";
            if (Files.ReadLink(path) is not null)
            {
                throw IsLink(path, "directories of boot entries must not be links");
            }
        }

        switch (Files.GetKind(path))
        {
            case FileKind.Directory when Files.CanRead(path):
                return path;
            case FileKind.Directory or FileKind.Inaccessible:
                warnings.Add($"Directory '{path}' is passed over: you may not read it.");
                return null;
            default:
                return null;
        }
    }

    private static VmSpawnException IsLink(string path, string reason) =>
        new(
            "BootDirectoryIsLink",
            VmErrorKind.InvalidData,
            $"'{path}' is a symbolic link: {reason}, so no kernel is looked for there.",
            path,
            "Make it a directory, or give the kernel with -Linux (--linux)."
        );
}
