using System.Collections.Immutable;
using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Host;

namespace VmSpawn.Engine.Firmware;

/// <summary>The firmware descriptors of a host: where they are, which of them count, and which one fits (the spec, section 3.2).</summary>
/// <param name="host">The host to look at.</param>
public sealed class FirmwareCatalog(IHost host)
{
    private const string Extension = ".json";

    /// <summary>
    /// Paths of all descriptors that count, in the order in which they are tried: by file name, whatever the directory.
    /// A file hides those of the same name in directories of lower priority; an empty one, or a link to
    /// <c>/dev/null</c>, does only that. Content is not looked at.
    /// </summary>
    public ImmutableArray<string> List()
    {
        var byName = new SortedDictionary<string, string?>(StringComparer.Ordinal);
        foreach (var directory in host.FirmwareDirectories)
        {
            foreach (var name in host.Files.EnumerateNames(directory).Where(IsDescriptorName))
            {
                var path = Path.Join(directory, name);
                if (!byName.ContainsKey(name) && Classify(path) is { } counts)
                {
                    byName.Add(name, counts ? path : null);
                }
            }
        }

        return [.. byName.Values.OfType<string>()];
    }

    /// <summary>Every descriptor of <see cref="List"/>, with the reason why it is or is not selected.</summary>
    public ImmutableArray<FirmwareCandidate> Evaluate(FirmwareQuery query)
    {
        var candidates = ImmutableArray.CreateBuilder<FirmwareCandidate>();
        string? selected = null;
        var files = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var path in List())
        {
            var candidate = Evaluate(path, query, selected, files);
            selected = candidate.Selected ? path : selected;
            candidates.Add(candidate);
        }

        return candidates.ToImmutable();
    }

    /// <summary>The first descriptor that fits, or <see langword="null"/>.</summary>
    public FirmwareDescriptor? Select(FirmwareQuery query)
    {
        var files = new Dictionary<string, string?>(StringComparer.Ordinal);
        return List()
            .Select(path => Evaluate(path, query, selected: null, files))
            .FirstOrDefault(candidate => candidate.Selected)
            ?.Descriptor;
    }

    /// <summary>Reads the descriptor that a user named; nothing but its own soundness is asked of it.</summary>
    /// <exception cref="VmSpawnException"><c>FirmwareDescriptorNotFound</c>, <c>FirmwareDescriptorNotReadable</c>,
    /// <c>InvalidFirmwareDescriptor</c>, or <c>FirmwareFileMissing</c> if a file that it names is not there.</exception>
    public FirmwareDescriptor Load(string path)
    {
        var descriptor = Read(path);
        return WhyUnusable(descriptor, []) is not { } reason
            ? descriptor
            : throw new VmSpawnException(
                "FirmwareFileMissing",
                VmErrorKind.NotFound,
                $"Firmware descriptor '{path}' cannot be used: {reason}.",
                path,
                "Install the firmware's package again, or correct the descriptor."
            );
    }

    /// <summary>Union of the features of all descriptors that can be read, sorted.</summary>
    public ImmutableArray<string> ListFeatures() =>
        [
            .. List()
                .Select(TryRead)
                .OfType<FirmwareDescriptor>()
                .SelectMany(descriptor => descriptor.Features)
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal),
        ];

    private static bool IsDescriptorName(string name) =>
        name.EndsWith(Extension, StringComparison.Ordinal) && !name.StartsWith('.');

    /// <summary>True if the file counts, false if it only hides others, <see langword="null"/> if it does neither.</summary>
    private bool? Classify(string path) =>
        host.Files.GetKind(path) switch
        {
            FileKind.Regular => !IsEmpty(path),
            FileKind.CharacterDevice => false,
            // It counts, so that the user learns that it cannot be read.
            FileKind.Inaccessible => true,
            _ => null,
        };

    private bool IsEmpty(string path)
    {
        try
        {
            return host.Files.GetLength(path) == 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private FirmwareCandidate Evaluate(
        string path,
        FirmwareQuery query,
        string? selected,
        Dictionary<string, string?> files
    )
    {
        FirmwareDescriptor descriptor;
        try
        {
            descriptor = Read(path);
        }
        catch (InvalidFileException e)
        {
            return new FirmwareCandidate(path, null, false, $"it is not valid: {e.Reason}");
        }
        catch (VmSpawnException e)
        {
            return new FirmwareCandidate(path, null, false, e.Message);
        }

        if ((query.WhyNot(descriptor) ?? WhyUnusable(descriptor, files)) is { } reason)
        {
            return new FirmwareCandidate(path, descriptor, false, reason);
        }

        return selected is null
            ? new FirmwareCandidate(path, descriptor, true, "it is the first that fits")
            : new FirmwareCandidate(path, descriptor, false, $"it fits, but {Path.GetFileName(selected)} comes first");
    }

    private FirmwareDescriptor? TryRead(string path)
    {
        try
        {
            return Read(path);
        }
        catch (VmSpawnException)
        {
            return null;
        }
    }

    private FirmwareDescriptor Read(string path)
    {
        try
        {
            return FirmwareDescriptor.Parse(
                path,
                SmallFile.Read(host.Files, path, FirmwareDescriptorReader.SizeLimit + 1)
            );
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new VmSpawnException(
                "FirmwareDescriptorNotFound",
                VmErrorKind.NotFound,
                $"Firmware descriptor '{path}' does not exist.",
                path,
                "Get-VmFirmware lists the descriptors of this host."
            );
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new VmSpawnException(
                "FirmwareDescriptorNotReadable",
                e is IOException ? VmErrorKind.InvalidData : VmErrorKind.PermissionDenied,
                $"Firmware descriptor '{path}' cannot be read: {e.Message}",
                path,
                "Give the path of a readable JSON file."
            );
        }
    }

    private string? WhyUnusable(FirmwareDescriptor descriptor, Dictionary<string, string?> files) =>
        WhyUnusable(descriptor.Executable, files)
        ?? (descriptor.NvramTemplate is { } template ? WhyUnusable(template, files) : null);

    // Descriptors share files: the same code with other variable stores.
    private string? WhyUnusable(FirmwareFile file, Dictionary<string, string?> files) =>
        files.TryGetValue(file.Path, out var known) ? known : files[file.Path] = WhyUnusable(file);

    private string? WhyUnusable(FirmwareFile file) =>
        host.Files.GetKind(file.Path) switch
        {
            FileKind.Regular when host.Files.CanRead(file.Path) => null,
            FileKind.Regular or FileKind.Inaccessible => $"its file '{file.Path}' may not be read",
            FileKind.Missing => $"its file '{file.Path}' does not exist",
            _ => $"its file '{file.Path}' is no regular file",
        };
}
