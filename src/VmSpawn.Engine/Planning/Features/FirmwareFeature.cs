using VmSpawn.Engine.Qemu;
using VmSpawn.Engine.Resolution;

namespace VmSpawn.Engine.Planning.Features;

/// <summary>
/// UEFI firmware: its code read-only, and its variable store always as a private copy of the template in the
/// template's own format, with or without Secure Boot.
/// </summary>
internal static class FirmwareFeature
{
    private const string NvramName = "efivars.fd";

    public static void Plan(ResolvedVm vm, PlanBuilder plan)
    {
        var firmware = vm.Firmware;
        if (firmware.Code is null)
        {
            return;
        }

        if (!firmware.IsFlash)
        {
            plan.Add(QemuOption.Literal("-bios", firmware.Code));
            return;
        }

        plan.Add(
            QemuOption
                .List("-drive")
                .With("if", "pflash")
                .With("unit", 0)
                .With("format", firmware.CodeFormat)
                .With("readonly", value: true)
                .With("file", firmware.Code)
        );
        if (firmware.SecureBoot && vm.Architecture.IsPc)
        {
            // Suspend to RAM would leave the way into system management mode open; the flash is written from there only.
            plan.Add(QemuOption.Literal("-global", "ICH9-LPC.disable_s3=1"));
            plan.Add(
                QemuOption.List("-global").With("driver", "cfi.pflash01").With("property", "secure").With("value", "on")
            );
        }

        PlanVariables(firmware, plan);
    }

    private static void PlanVariables(ResolvedFirmware firmware, PlanBuilder plan)
    {
        if (firmware.NvramTemplate is null)
        {
            return;
        }

        var path = firmware.NvramState ?? plan.InRunDirectory(NvramName);
        plan.AddFile(new CopiedFile(path, firmware.NvramTemplate, KeepExisting: firmware.NvramState is not null));
        plan.Add(
            QemuOption
                .List("-drive")
                .With("if", "pflash")
                .With("unit", 1)
                .With("format", firmware.NvramFormat)
                .With("file", path)
        );
    }
}
