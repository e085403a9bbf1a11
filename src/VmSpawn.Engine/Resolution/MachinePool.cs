using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Host;

namespace VmSpawn.Engine.Resolution;

/// <summary>Looks an image up by the name of its machine (the spec, section 1.3).</summary>
/// <param name="host">The host.</param>
/// <param name="guest">Architecture that versioned images must be for, if they say so.</param>
internal sealed class MachinePool(IHost host, GuestArchitecture guest)
{
    private const string RawSuffix = ".raw";

    /// <summary>The image or directory in the first pool that has one, or <see langword="null"/>.</summary>
    public BootSource? Find(string name) =>
        host.ImageDirectories.Select(pool => FindIn(pool, name)).FirstOrDefault(found => found is not null);

    private BootSource? FindIn(string pool, string name) =>
        Classify($"{pool}/{name}")
        ?? Classify($"{pool}/{name}{RawSuffix}")
        ?? Newest($"{pool}/{name}.v", name, "")
        ?? Newest($"{pool}/{name}{RawSuffix}.v", name, RawSuffix);

    private BootSource? Classify(string path) =>
        host.Files.GetKind(path) switch
        {
            FileKind.Directory => new BootSource(null, HostPath.Parse(path, "machine")),
            FileKind.BlockDevice => new BootSource(HostPath.Parse(path, "machine"), null),
            FileKind.Regular when path.EndsWith(RawSuffix, StringComparison.Ordinal) => new BootSource(
                HostPath.Parse(path, "machine"),
                null
            ),
            _ => null,
        };

    // A versioned directory holds NAME_VERSION[_ARCHITECTURE][+TRIES][.raw]; the newest counts, used up ones last.
    private BootSource? Newest(string directory, string name, string suffix) =>
        host.Files.GetKind(directory) is not FileKind.Directory
            ? null
            : host
                .Files.EnumerateNames(directory)
                .Select(file => (File: file, Version: VersionedName.Parse(file, name, suffix)))
                .Where(entry => entry.Version is { } version && version.Fits(guest))
                .OrderBy(entry => entry.Version!.IsUsedUp)
                .ThenByDescending(entry => entry.Version!.Version, VersionOrder.Instance)
                .Select(entry => Classify($"{directory}/{entry.File}"))
                .FirstOrDefault(found => found is not null);
}
