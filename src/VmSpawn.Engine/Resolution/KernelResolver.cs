using System.Collections.Immutable;
using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Host;

namespace VmSpawn.Engine.Resolution;

/// <summary>The kernel of a direct boot and its initial ramdisks.</summary>
internal static class KernelResolver
{
    /// <summary>The kernel that was given, or that the directory holds; <see langword="null"/> if the firmware boots from the disk.</summary>
    /// <exception cref="VmSpawnException">A file cannot be used, or there are ramdisks without a kernel.</exception>
    public static ResolvedKernel? Resolve(VmConfiguration configuration, BootSource source, IHostFiles files)
    {
        if (configuration.Linux is { } linux)
        {
            return Given(linux, configuration.Initrds, files);
        }

        if (!configuration.Initrds.IsEmpty)
        {
            throw new VmSpawnException(
                "InitrdNeedsLinux",
                VmErrorKind.ConflictingArguments,
                "An initrd (--initrd) was given without a kernel (--linux) to use it.",
                configuration.Initrds[0].Value,
                "Add -Linux, or leave -Initrd out."
            );
        }

        if (source.Directory is { } directory)
        {
            throw new VmSpawnException(
                "KernelNotFoundInDirectory",
                VmErrorKind.NotFound,
                $"No kernel was found in the directory '{directory}'; name one with -Linux (--linux).",
                directory.Value,
                "Install a kernel with a boot entry in the tree, or give -Linux."
            );
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

    private static ResolvedKernel Given(HostPath linux, ImmutableArray<HostPath> initrds, IHostFiles files)
    {
        HostFileCheck.Readable(files, linux.Value, "Kernel");
        foreach (var initrd in initrds)
        {
            HostFileCheck.Readable(files, initrd.Value, "Initrd");
        }

        return new ResolvedKernel(linux.Value, [.. initrds.Select(initrd => initrd.Value)], IsUki: false);
    }
}
