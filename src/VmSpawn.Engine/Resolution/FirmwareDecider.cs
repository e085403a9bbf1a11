using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Firmware;
using VmSpawn.Engine.Host;

namespace VmSpawn.Engine.Resolution;

/// <summary>The firmware: the first that fits, the one that was named, QEMU's BIOS, or none.</summary>
internal sealed class FirmwareDecider(IHost host, DecisionLog log)
{
    private const string Subject = "firmware";
    private const string StateSuffix = ".efinvramstate";

    /// <summary>Decides.</summary>
    /// <param name="configuration">What the user wants.</param>
    /// <param name="guest">Guest architecture.</param>
    /// <param name="bootSource">Image or directory that the VM boots from, or <see langword="null"/>.</param>
    /// <exception cref="VmSpawnException">None fits, or what was named cannot be used.</exception>
    public ResolvedFirmware Decide(VmConfiguration configuration, GuestArchitecture guest, HostPath? bootSource)
    {
        var firmware = configuration.Firmware.Kind switch
        {
            FirmwareKind.Bios => BuiltIn(guest, "it was asked for"),
            FirmwareKind.None => None(),
            FirmwareKind.Auto when !guest.HasUefi => BuiltIn(guest, $"a {guest} machine brings firmware of its own"),
            _ => Uefi(configuration, guest, bootSource),
        };
        if (firmware.Mode is not FirmwareMode.Uefi)
        {
            CheckUseless(configuration);
        }

        return firmware;
    }

    private void CheckUseless(VmConfiguration configuration)
    {
        if (configuration.SecureBoot is Tristate.Yes)
        {
            throw new VmSpawnException(
                "SecureBootNeedsUefi",
                VmErrorKind.ConflictingArguments,
                "Secure Boot (--secure-boot) was asked for, and there is none without UEFI firmware.",
                configuration.Firmware.ToString(),
                "Use -Firmware uefi, or leave -SecureBoot out."
            );
        }

        if (configuration.EfiNvramTemplate is not null || configuration.EfiNvramState != StateLocation.Temporary)
        {
            log.Warn("-EfiNvramTemplate and -EfiNvramState have no effect without UEFI firmware.");
        }
    }

    private ResolvedFirmware Uefi(VmConfiguration configuration, GuestArchitecture guest, HostPath? bootSource)
    {
        var descriptor = Descriptor(configuration, guest);
        if (!descriptor.SecureBoot && configuration.SecureBoot is not Tristate.No)
        {
            log.Warn(
                $"Firmware '{descriptor.Executable.Path}' has no Secure Boot support; the VM starts without Secure Boot."
            );
        }

        var template = descriptor.NvramTemplate?.Path;
        if (configuration.EfiNvramTemplate is { } given)
        {
            HostFileCheck.Readable(host.Files, given.Value, "NvramTemplate");
            template = given.Value;
        }

        var state = template is null
            ? null
            : StatePath.Resolve(configuration.EfiNvramState, configuration, bootSource, StateSuffix);
        if (template is null && configuration.EfiNvramState != StateLocation.Temporary)
        {
            log.Warn("-EfiNvramState has no effect: the firmware has no variable store.");
        }

        if (state is not null && host.Files.GetKind(state) is FileKind.Missing)
        {
            HostFileCheck.CanBeMade(host.Files, state, "NvramState");
        }
        else if (state is not null)
        {
            _ = DiskFileCheck.CheckKind(host.Files, state, "NvramState");
            DiskFileCheck.CheckAccess(host.Files, state, forWriting: true, "NvramState");
        }

        return new ResolvedFirmware
        {
            Mode = FirmwareMode.Uefi,
            Descriptor = descriptor.Path,
            Code = descriptor.Executable.Path,
            CodeFormat = descriptor.Executable.Format,
            IsFlash = descriptor.Device is FirmwareDevice.Flash,
            NvramTemplate = template,
            NvramFormat = descriptor.NvramTemplate?.Format ?? "raw",
            NvramState = state,
            SecureBoot = descriptor.SecureBoot,
        };
    }

    private FirmwareDescriptor Descriptor(VmConfiguration configuration, GuestArchitecture guest)
    {
        var catalog = new FirmwareCatalog(host);
        if (configuration.Firmware.Descriptor is { } path)
        {
            var named = catalog.Load(path.Value);
            if (named.Device is FirmwareDevice.Kernel || named.Mode is FirmwareFlashMode.Combined)
            {
                throw new VmSpawnException(
                    "FirmwareNotSupported",
                    VmErrorKind.InvalidData,
                    $"Firmware descriptor '{path}' cannot be used: device '{named.Device}' with mode '{named.Mode}' is not supported.",
                    path.Value,
                    "Use firmware whose variable store is a file of its own; Get-VmFirmware lists what there is."
                );
            }

            if (!named.Targets.Any(target => target.Covers(guest.Name, guest.MachineType)))
            {
                log.Warn(
                    $"Firmware descriptor '{path}' is for {string.Join(", ", named.Targets)}, not for {guest.Name} ({guest.MachineType}); the VM may not start."
                );
            }

            log.Decide(Subject, named.Executable.Path, $"its descriptor '{path}' was named");
            return named;
        }

        var features = configuration.FirmwareFeatures.With(configuration.SecureBoot);
        var query = new FirmwareQuery
        {
            Architecture = guest.Name,
            MachineType = guest.MachineType,
            IncludedFeatures = features.Include,
            ExcludedFeatures = features.Exclude,
        };
        var found =
            catalog.Select(query)
            ?? throw UnknownFeature(catalog, configuration.FirmwareFeatures) ?? NotFound(guest, features);
        log.Decide(Subject, found.Executable.Path, $"'{found.Path}' is the first descriptor that fits");
        return found;
    }

    private ResolvedFirmware BuiltIn(GuestArchitecture guest, string reason)
    {
        if (guest.HasUefi && !guest.IsPc)
        {
            throw new VmSpawnException(
                "NoBios",
                VmErrorKind.ConflictingArguments,
                $"Invalid firmware 'bios': QEMU brings none for {guest} machines.",
                "bios",
                "Use -Firmware uefi, or -Firmware none with -Linux."
            );
        }

        log.Decide(Subject, "bios", reason);
        return new ResolvedFirmware { Mode = FirmwareMode.Bios };
    }

    private ResolvedFirmware None()
    {
        log.Decide(Subject, "none", "it was asked for");
        return new ResolvedFirmware { Mode = FirmwareMode.None };
    }

    private static VmSpawnException? UnknownFeature(FirmwareCatalog catalog, FirmwareFeatureFilter wanted)
    {
        var known = catalog.ListFeatures();
        return !known.IsEmpty && wanted.Include.FirstOrDefault(feature => !known.Contains(feature)) is { } unknown
            ? new VmSpawnException(
                "FirmwareFeatureNotFound",
                VmErrorKind.NotFound,
                $"No firmware of this host has the feature '{unknown}' (--firmware-features).",
                unknown,
                $"Use one of {string.Join(", ", known)}."
            )
            : null;
    }

    private static HostRequirementException NotFound(GuestArchitecture guest, FirmwareFeatureFilter features)
    {
        string[] conditions =
        [
            .. features.Include.Select(name => $"with {name}"),
            .. features.Exclude.Except(features.Include).Select(name => $"without {name}"),
        ];
        return new HostRequirementException(
            "FirmwareNotFound",
            "UEFI firmware",
            $"No UEFI firmware was found for a {guest.Name} {guest.MachineType} machine ({string.Join(", ", conditions)}).",
            guest.Name is "aarch64" or "arm"
                ? "Install it: apt install qemu-efi-aarch64, dnf install edk2-aarch64, or pacman -S edk2-aarch64; Get-VmFirmware says why others do not fit."
                : "Install it: apt install ovmf, dnf install edk2-ovmf, or pacman -S edk2-ovmf; Get-VmFirmware says why others do not fit."
        );
    }
}
