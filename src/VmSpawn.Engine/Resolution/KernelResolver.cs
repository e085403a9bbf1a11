using System.Collections.Immutable;
using VmSpawn.Engine.Boot;
using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Host;

namespace VmSpawn.Engine.Resolution;

/// <summary>The kernel of a direct boot and its initial ramdisks.</summary>
internal sealed class KernelResolver(VmConfiguration configuration, IHostFiles files, DecisionLog log)
{
    private const string What = "Kernel";

    /// <summary>The kernel that was given or chosen, or that the directory holds; <see langword="null"/> if the firmware boots from the disk.</summary>
    /// <exception cref="VmSpawnException">A file cannot be used, or there are ramdisks without a kernel.</exception>
    public ResolvedKernel? Resolve(BootSource source, GuestArchitecture guest)
    {
        if (configuration.BootEntry is { } entry)
        {
            return new BootEntryResolver(configuration, files, log).Resolve(entry, source, guest);
        }

        if (configuration.Linux is { } linux)
        {
            HostFileCheck.Readable(files, linux.Value, What);
            return Checked(linux.Value, [.. configuration.Initrds.Select(initrd => initrd.Value)]);
        }

        if (!configuration.Initrds.IsEmpty)
        {
            throw new VmSpawnException(
                "InitrdNeedsLinux",
                VmErrorKind.ConflictingArguments,
                $"The initrd '{configuration.Initrds[0]}' (--initrd) was given without a kernel (--linux) to use it.",
                configuration.Initrds[0].Value,
                "Add -Linux, or leave -Initrd out."
            );
        }

        if (source.Directory is { } directory)
        {
            MountResolver.CheckTree(files, directory);
            return FromDirectory(directory.Value, source, guest);
        }

        return configuration.Firmware.Kind is not FirmwareKind.None
            ? null
            : throw new VmSpawnException(
                "FirmwareNoneNeedsLinux",
                VmErrorKind.ConflictingArguments,
                "Firmware 'none' needs a kernel to start directly: -Linux (--linux) is missing.",
                "none",
                "Add -Linux, or leave -Firmware out."
            );
    }

    private ResolvedKernel FromDirectory(string directory, BootSource source, GuestArchitecture guest)
    {
        var rules = configuration.BootEntryRules;
        var found = BootEntryList.Read(files, directory, rules).ChooseKernel(guest.Name);
        foreach (var warning in found.Warnings)
        {
            log.Warn(warning);
        }

        log.Decide("kernel", found.Kernel, $"boot entry '{found.Entry.Id}': {found.Reason}");
        HostFileCheck.Readable(files, found.Kernel, What);
        var kernel = Checked(found.Kernel, found.Initrds);
        return kernel.IsUki || rules is not BootEntryRules.Specification
            ? kernel
            : kernel with
            {
                Options = EntryOptions.Read(found.Entry, source, log),
            };
    }

    private ResolvedKernel Checked(string path, ImmutableArray<string> initrds)
    {
        foreach (var initrd in initrds)
        {
            HostFileCheck.Readable(files, initrd, "Initrd");
        }

        var kind = HostFileCheck.Read(path, What, () => KernelImage.Detect(files, path));
        KernelFitness.Check(kind, path, configuration.Firmware.Kind);
        return new ResolvedKernel(path, initrds, kind is KernelImageKind.Unified);
    }
}
