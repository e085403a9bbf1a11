using VmSpawn.Engine.Boot;
using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Errors;

namespace VmSpawn.Engine.Resolution;

/// <summary>Whether a kernel of some sort can be started with a firmware.</summary>
internal static class KernelFitness
{
    /// <summary>Refuses what cannot work.</summary>
    /// <exception cref="VmSpawnException"><c>KernelNotBootable</c>.</exception>
    public static void Check(KernelImageKind kind, string path, FirmwareKind firmware)
    {
        if (WhyNot(kind, firmware) is { } reason)
        {
            throw new VmSpawnException(
                "KernelNotBootable",
                VmErrorKind.ConflictingArguments,
                $"Kernel '{path}' (--linux) cannot be started: {reason}.",
                path,
                kind is KernelImageKind.Addon ? "Give the kernel itself." : "Choose another -Firmware, or leave it out."
            );
        }
    }

    private static string? WhyNot(KernelImageKind kind, FirmwareKind firmware) =>
        (kind, firmware) switch
        {
            (KernelImageKind.Addon, _) => "it is an addon for a unified kernel image",
            (KernelImageKind.Unified, FirmwareKind.Bios or FirmwareKind.None) =>
                "a unified kernel image requires UEFI firmware (--firmware=uefi)",
            (KernelImageKind.Plain, FirmwareKind.Uefi) => "it is no EFI program, so UEFI firmware cannot start it",
            _ => null,
        };
}
