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

    /// <summary>The kernel that was given, or that the directory holds; <see langword="null"/> if the firmware boots from the disk.</summary>
    /// <exception cref="VmSpawnException">A file cannot be used, or there are ramdisks without a kernel.</exception>
    public ResolvedKernel? Resolve(BootSource source)
    {
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
            return FromDirectory(directory.Value);
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

    private ResolvedKernel FromDirectory(string directory)
    {
        var found = BootEntryList.Read(files, directory).ChooseKernel();
        foreach (var warning in found.Warnings)
        {
            log.Warn(warning);
        }

        log.Decide("kernel", found.Kernel, $"boot entry '{found.Entry.Id}': {found.Reason}");
        HostFileCheck.Readable(files, found.Kernel, What);
        return Checked(found.Kernel, found.Initrds);
    }

    private ResolvedKernel Checked(string path, ImmutableArray<string> initrds)
    {
        foreach (var initrd in initrds)
        {
            HostFileCheck.Readable(files, initrd, "Initrd");
        }

        var kind = HostFileCheck.Read(path, What, () => KernelImage.Detect(files, path));
        if (WhyNot(kind) is { } reason)
        {
            throw new VmSpawnException(
                "KernelNotBootable",
                VmErrorKind.ConflictingArguments,
                $"Kernel '{path}' (--linux) cannot be started: {reason}.",
                path,
                kind is KernelImageKind.Addon ? "Give the kernel itself." : "Choose another -Firmware, or leave it out."
            );
        }

        return new ResolvedKernel(path, initrds, kind is KernelImageKind.Unified);
    }

    private string? WhyNot(KernelImageKind kind) =>
        (kind, configuration.Firmware.Kind) switch
        {
            (KernelImageKind.Addon, _) => "it is an addon for a unified kernel image",
            (KernelImageKind.Unified, FirmwareKind.Bios or FirmwareKind.None) =>
                "a unified kernel image requires UEFI firmware (--firmware=uefi)",
            (KernelImageKind.Plain, FirmwareKind.Uefi) => "it is no EFI program, so UEFI firmware cannot start it",
            _ => null,
        };
}
