using System.Collections.Immutable;
using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Host;

namespace VmSpawn.Engine.Resolution;

/// <summary>The kernel of a direct boot and its initial ramdisks.</summary>
internal static class KernelResolver
{
    /// <summary>The kernel, or <see langword="null"/> if the firmware boots from the disk.</summary>
    /// <exception cref="VmSpawnException">A file cannot be used, or there are ramdisks without a kernel.</exception>
    public static ResolvedKernel? Resolve(VmConfiguration configuration, IHostFiles files)
    {
        if (configuration.Linux is not { } linux)
        {
            return configuration.Initrds.IsEmpty
                ? null
                : throw new VmSpawnException(
                    "InitrdNeedsLinux",
                    VmErrorKind.ConflictingArguments,
                    "An initrd (--initrd) was given without a kernel (--linux) to use it.",
                    configuration.Initrds[0].Value,
                    "Add -Linux, or leave -Initrd out."
                );
        }

        HostFileCheck.Readable(files, linux.Value, "Kernel");
        var initrds = ImmutableArray.CreateRange(configuration.Initrds, initrd => initrd.Value);
        foreach (var initrd in initrds)
        {
            HostFileCheck.Readable(files, initrd, "Initrd");
        }

        return new ResolvedKernel(linux.Value, initrds, IsUki: false);
    }
}
