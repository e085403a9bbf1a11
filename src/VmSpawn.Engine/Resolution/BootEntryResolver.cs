using System.Collections.Immutable;
using VmSpawn.Engine.Boot;
using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Host;
using VmSpawn.Engine.Images;

namespace VmSpawn.Engine.Resolution;

/// <summary>The kernel of a boot entry that the user chose.</summary>
internal sealed class BootEntryResolver(VmConfiguration configuration, IHostFiles files, DecisionLog log)
{
    private const string What = "Kernel";

    /// <summary>Its kernel, initial ramdisks and options.</summary>
    /// <exception cref="VmSpawnException">It cannot be used, or something else was chosen as well.</exception>
    public ResolvedKernel Resolve(BootEntry entry, BootSource source, GuestArchitecture guest)
    {
        if (configuration.Linux is { } linux)
        {
            throw Conflict("BootEntryAndLinux", entry, "-Linux (--linux)", linux.Value);
        }

        if (!configuration.Initrds.IsEmpty)
        {
            throw Conflict("BootEntryAndInitrd", entry, "-Initrd (--initrd)", configuration.Initrds[0].Value);
        }

        if (entry.Problem is { } problem)
        {
            throw new VmSpawnException(
                "BootEntryNotUsable",
                VmErrorKind.InvalidData,
                $"Boot entry '{entry.Path}' cannot be started: {problem}.",
                entry.Path,
                "Choose another: Get-VmBootEntry lists them, with the property Problem."
            );
        }

        if (entry.Architecture is { } architecture && architecture != guest.Name)
        {
            throw new VmSpawnException(
                "BootEntryArchitecture",
                VmErrorKind.ConflictingArguments,
                $"Boot entry '{entry.Path}' is for the architecture {OneLine.Of(architecture, 60)}, and the VM has {guest}.",
                entry.Path,
                $"Add -Architecture {OneLine.Of(architecture, 60)}, or choose another entry."
            );
        }

        var kernel = entry.Image is { } image ? FromImage(entry, image) : FromTree(entry);
        log.Decide("kernel", entry.Kernel!, $"boot entry '{entry.Id}' was chosen");
        return kernel.IsUki ? kernel : kernel with { Options = EntryOptions.Read(entry, source, log) };
    }

    // The entry was read some time ago, and the tree may be anybody's.
    private ResolvedKernel FromTree(BootEntry entry)
    {
        var boundary = new TreeBoundary(files, entry.Directory is { Length: > 1 } tree ? tree.TrimEnd('/') : "");
        foreach (var file in entry.Initrds.Prepend(entry.Kernel!))
        {
            HostFileCheck.Readable(files, file, file == entry.Kernel ? What : "Initrd");
            if (!boundary.Holds(file))
            {
                throw new VmSpawnException(
                    "BootFileIsLink",
                    VmErrorKind.InvalidData,
                    $"'{file}' is a link that leaves the directory '{entry.Directory}'.",
                    file,
                    "Give the kernel with -Linux if it is meant."
                );
            }
        }

        var kind = HostFileCheck.Read(entry.Kernel!, What, () => KernelImage.Detect(files, entry.Kernel!));
        KernelFitness.Check(kind, entry.Kernel!, configuration.Firmware.Kind);
        return new ResolvedKernel(entry.Kernel!, entry.Initrds, kind is KernelImageKind.Unified);
    }

    private ResolvedKernel FromImage(BootEntry entry, string path) =>
        HostFileCheck.Read(
            path,
            "Image",
            () =>
            {
                HostFileCheck.Exists(files, path, "Image");
                using var image = BootImage.Open(files, path);
                ImmutableArray<ImageFile> found = [.. entry.Initrds.Prepend(entry.Kernel!).Select(image.Locate)];
                var kind = KernelImage.Detect(image, entry.Kernel!);
                KernelFitness.Check(kind, entry.Kernel!, configuration.Firmware.Kind);
                return new ResolvedKernel(entry.Kernel!, entry.Initrds, kind is KernelImageKind.Unified)
                {
                    ImageFiles = found,
                };
            }
        );

    private static VmSpawnException Conflict(string errorId, BootEntry entry, string option, string value) =>
        new(
            errorId,
            VmErrorKind.ConflictingArguments,
            $"The VM starts the kernel either of boot entry '{entry.Id}' (-BootEntry) or of {option} '{value}', not of both.",
            value,
            "Leave one of them out."
        );
}
