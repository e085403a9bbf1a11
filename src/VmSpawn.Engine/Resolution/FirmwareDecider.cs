using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Host;

namespace VmSpawn.Engine.Resolution;

/// <summary>The firmware: the first that fits, the one that was named, QEMU's BIOS, or none.</summary>
internal static class FirmwareDecider
{
    private const string Subject = "firmware";

    /// <summary>Decides, and checks that the files it consists of are there.</summary>
    /// <exception cref="VmSpawnException">None fits, or what was named cannot be used.</exception>
    public static ResolvedFirmware Decide(
        VmConfiguration configuration,
        GuestArchitecture guest,
        IHostFiles files,
        IFirmwareFinder finder,
        DecisionLog log
    )
    {
        switch (configuration.Firmware.Kind)
        {
            case FirmwareKind.Bios:
                return Bios(guest, log);
            case FirmwareKind.None:
                return None(configuration, log);
        }

        var firmware = configuration.Firmware.Descriptor is { } descriptor
            ? finder.Load(descriptor.Value)
            : finder.FindFirst(guest, configuration.SecureBoot) ?? throw NotFound(configuration, guest);
        log.Decide(
            Subject,
            firmware.Code!,
            configuration.Firmware.Descriptor is null
                ? $"{firmware.Descriptor} is the first descriptor that fits"
                : "its descriptor was named"
        );
        HostFileCheck.Readable(files, firmware.Code!, "Firmware");
        if (firmware.NvramTemplate is { } template)
        {
            HostFileCheck.Readable(files, template, "NvramTemplate");
        }

        if (!firmware.SecureBoot && configuration.SecureBoot is not Tristate.No)
        {
            log.Warn($"Firmware '{firmware.Code}' has no Secure Boot support; the VM starts without Secure Boot.");
        }

        return firmware;
    }

    private static ResolvedFirmware Bios(GuestArchitecture guest, DecisionLog log)
    {
        if (!guest.IsPc)
        {
            throw new VmSpawnException(
                "NoBios",
                VmErrorKind.ConflictingArguments,
                $"Invalid firmware 'bios': a {guest.Name} machine has no BIOS.",
                "bios",
                "Use -Firmware uefi, or -Firmware none with -Linux."
            );
        }

        log.Decide(Subject, "bios", "it was asked for");
        return new ResolvedFirmware { Mode = FirmwareMode.Bios };
    }

    private static ResolvedFirmware None(VmConfiguration configuration, DecisionLog log)
    {
        if (configuration.Linux is null)
        {
            throw new VmSpawnException(
                "FirmwareNoneNeedsLinux",
                VmErrorKind.ConflictingArguments,
                "Firmware 'none' needs a kernel to start directly: -Linux (--linux) is missing.",
                "none",
                "Add -Linux, or leave -Firmware out."
            );
        }

        log.Decide(Subject, "none", "it was asked for");
        return new ResolvedFirmware { Mode = FirmwareMode.None };
    }

    private static HostRequirementException NotFound(VmConfiguration configuration, GuestArchitecture guest)
    {
        var kind = configuration.SecureBoot switch
        {
            Tristate.Yes => "with Secure Boot support ",
            Tristate.No => "without Secure Boot support ",
            _ => "",
        };
        return new HostRequirementException(
            "FirmwareNotFound",
            "UEFI firmware",
            $"No UEFI firmware {kind}was found for a {guest.Name} {guest.MachineType} machine.",
            guest.Name is "aarch64" or "arm"
                ? "Install it: apt install qemu-efi-aarch64, dnf install edk2-aarch64, or pacman -S edk2-aarch64; Get-VmFirmware lists what there is."
                : "Install it: apt install ovmf, dnf install edk2-ovmf, or pacman -S edk2-ovmf; Get-VmFirmware lists what there is."
        );
    }
}
