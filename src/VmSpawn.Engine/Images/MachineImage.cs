using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Host;

namespace VmSpawn.Engine.Images;

/// <summary>An image that is known by the name of its machine (<c>-M NAME</c>; the spec, section 1.3).</summary>
/// <param name="Path">The disk image, block device or directory tree.</param>
/// <param name="IsDirectory">True for a directory tree.</param>
public sealed record MachineImage(string Path, bool IsDirectory)
{
    private const string RawSuffix = ".raw";
    private const string VersionedSuffix = ".v";

    /// <summary>
    /// Looks the name up in the host's image directories: the first directory that has it counts, and in it the first of
    /// <c>NAME</c>, <c>NAME.raw</c>, and the newest version in <c>NAME.v</c> and <c>NAME.raw.v</c>.
    /// </summary>
    /// <exception cref="VmSpawnException"><c>MachineImageNotFound</c>.</exception>
    public static MachineImage Find(IHost host, string name)
    {
        // A machine name has no slash, so that no look-up leaves its directory.
        var found = name.Contains('/')
            ? null
            : host
                .ImageDirectories.Select(directory => FindIn(host, directory, name))
                .FirstOrDefault(image => image is not null);
        return found
            ?? throw new VmSpawnException(
                "MachineImageNotFound",
                VmErrorKind.NotFound,
                $"No image for machine '{name}' was found in {string.Join(", ", host.ImageDirectories)}.",
                name,
                "Put the image there, or name it with -Image or -Directory."
            );
    }

    /// <summary>The names that <see cref="Find"/> finds something by in the host's image directories, each with what it is, sorted.</summary>
    public static IReadOnlyDictionary<string, MachineImage> List(IHost host)
    {
        var found = new SortedDictionary<string, MachineImage>(StringComparer.Ordinal);
        foreach (var directory in host.ImageDirectories)
        {
            foreach (var name in host.Files.EnumerateNames(directory).Select(NameOf).Distinct(StringComparer.Ordinal))
            {
                if (
                    !found.ContainsKey(name)
                    && MachineName.TryParse(name, out _)
                    && FindIn(host, directory, name) is { } image
                )
                {
                    found.Add(name, image);
                }
            }
        }

        return found;
    }

    private static string NameOf(string fileName) => WithoutSuffix(WithoutSuffix(fileName, VersionedSuffix), RawSuffix);

    private static string WithoutSuffix(string text, string suffix) =>
        text.EndsWith(suffix, StringComparison.Ordinal) ? text[..^suffix.Length] : text;

    private static MachineImage? FindIn(IHost host, string directory, string name)
    {
        var plain = $"{directory}/{name}";
        return Classify(host.Files, plain, allowDirectory: true)
            ?? Classify(host.Files, plain + RawSuffix, allowDirectory: false)
            ?? Newest(host, plain + VersionedSuffix, name, allowDirectory: true)
            ?? Newest(host, plain + RawSuffix + VersionedSuffix, name, allowDirectory: false);
    }

    private static MachineImage? Newest(IHost host, string directory, string name, bool allowDirectory) =>
        host.Files.GetKind(directory) is not FileKind.Directory
            ? null
            : host
                .Files.EnumerateNames(directory)
                .Select(file => VersionedName.Parse(file, name, host.Architecture))
                .OfType<VersionedName>()
                .Order(VersionedName.BestFirst)
                .Select(candidate => Classify(host.Files, $"{directory}/{candidate.FileName}", allowDirectory))
                .FirstOrDefault(image => image is not null);

    private static MachineImage? Classify(IHostFiles files, string path, bool allowDirectory) =>
        files.GetKind(path) switch
        {
            FileKind.Directory when allowDirectory && !path.EndsWith(RawSuffix, StringComparison.Ordinal) =>
                new MachineImage(path, IsDirectory: true),
            FileKind.Regular when path.EndsWith(RawSuffix, StringComparison.Ordinal) => new MachineImage(path, false),
            FileKind.BlockDevice => new MachineImage(path, false),
            _ => null,
        };
}
