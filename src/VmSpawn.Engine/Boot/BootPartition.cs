using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Host;

namespace VmSpawn.Engine.Boot;

/// <summary>A directory that stands for a boot partition: <c>efi</c> or <c>boot</c> of a tree.</summary>
/// <param name="files">The host's files.</param>
/// <param name="boundary">Keeps paths inside the tree.</param>
/// <param name="root">The directory.</param>
/// <param name="warnings">What the user should know.</param>
internal sealed class BootPartition(IHostFiles files, TreeBoundary boundary, string root, List<string> warnings)
{
    /// <summary>Longest text file that is read, in bytes.</summary>
    private const int TextLimit = 1024 * 1024;

    /// <summary>The directory.</summary>
    public string Root { get; } = root;

    /// <summary>The host's files.</summary>
    public IHostFiles Files { get; } = files;

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

        foreach (var name in Files.EnumerateNames(path).Order(StringComparer.Ordinal))
        {
            if (name.StartsWith('.') || !name.EndsWith(suffix, StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            var file = $"{path}/{name}";
            if (!BootEntryName.IsValid(name))
            {
                warnings.Add($"Boot entry '{file}' is passed over: its name has characters that are not allowed.");
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
            return SmallFile.Read(Files, file, TextLimit);
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
    public string? WhyUnusable(string what, string file) =>
        !boundary.Holds(file)
            ? $"its {what} '{file}' is a link that leaves the directory"
            : Files.GetKind(file) switch
            {
                FileKind.Regular => null,
                FileKind.Missing => $"its {what} '{file}' does not exist",
                FileKind.Inaccessible => $"its {what} '{file}' may not be read",
                _ => $"its {what} '{file}' is no regular file",
            };

    /// <summary>Path of a directory below the partition, or <see langword="null"/> if it is not there.</summary>
    private string? Enter(string directory)
    {
        if (Files.ReadLink(Root) is not null && !boundary.Holds(Root))
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

        return Files.GetKind(path) is FileKind.Directory ? path : null;
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
