using System.Text;
using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Qemu;
using VmSpawn.Engine.Resolution;

namespace VmSpawn.Engine.Planning.Features;

/// <summary>
/// A kernel started directly, and the kernel command line: by <c>-append</c> for a plain kernel, else in SMBIOS tables
/// where systemd's stub and boot loader look for it.
/// </summary>
internal static class KernelFeature
{
    // The loader of QEMU puts the ramdisk down as one piece; the kernel looks for the next archive at a multiple of 4.
    private const int InitrdAlignment = 4;

    public static void Plan(ResolvedVm vm, PlanBuilder plan)
    {
        var commandLine = KernelCommandLine.Compose(vm);
        if (vm.Kernel is not { } kernel)
        {
            PlanSmbios(vm, commandLine, plan);
            return;
        }

        CheckLength(vm, commandLine);
        kernel = Extract(kernel, plan);
        plan.Add(QemuOption.Literal("-kernel", kernel.Path));
        PlanInitrds(vm, kernel, plan);
        if (kernel.IsUki)
        {
            PlanSmbios(vm, commandLine, plan);
        }
        else if (commandLine.Length > 0)
        {
            plan.Add(QemuOption.Literal("-append", commandLine));
        }
    }

    // QEMU cannot look into the image's file system.
    private static ResolvedKernel Extract(ResolvedKernel kernel, PlanBuilder plan)
    {
        if (kernel.ImageFiles.IsEmpty)
        {
            return kernel;
        }

        var copies = kernel
            .ImageFiles.Select(
                (file, i) =>
                    new ExtractedFile(
                        plan.InRunDirectory(i == 0 ? "kernel" : $"initrd.{i}"),
                        file.Image,
                        file.Path,
                        file.Extents,
                        file.RecordOffset,
                        file.Record
                    )
            )
            .ToList();
        copies.ForEach(plan.AddFile);
        return kernel with { Path = copies[0].Path, Initrds = [.. copies.Skip(1).Select(copy => copy.Path)] };
    }

    // The kernel cuts what is longer without a word.
    private static void CheckLength(ResolvedVm vm, string commandLine)
    {
        var length = Encoding.UTF8.GetByteCount(commandLine);
        var limit = vm.Architecture.CommandLineLimit;
        if (length >= limit)
        {
            throw new VmSpawnException(
                "KernelCommandLineTooLong",
                VmErrorKind.InvalidArgument,
                $"The kernel command line is {length} bytes long; a {vm.Architecture} kernel takes {limit - 1} at most.",
                commandLine,
                "Give fewer kernel arguments, or hand data over as credentials."
            );
        }
    }

    private static void PlanInitrds(ResolvedVm vm, ResolvedKernel kernel, PlanBuilder plan)
    {
        var initrds = kernel.Initrds;
        if (vm.MountsInInitrd)
        {
            var mounts = plan.InRunDirectory("mounts.cpio");
            plan.AddFile(new WrittenFile(mounts, InitrdMounts.Compose(vm.Mounts), Secret: false));
            initrds = initrds.Add(mounts);
        }

        if (initrds.Length == 1)
        {
            plan.Add(QemuOption.Literal("-initrd", initrds[0]));
        }
        else if (initrds.Length > 1)
        {
            var joined = plan.InRunDirectory("initrd");
            plan.AddFile(new JoinedFile(joined, initrds, InitrdAlignment));
            plan.Add(QemuOption.Literal("-initrd", joined));
        }
    }

    private static void PlanSmbios(ResolvedVm vm, string commandLine, PlanBuilder plan)
    {
        if (commandLine.Length == 0)
        {
            return;
        }

        if (!vm.HasSmbios)
        {
            if (!vm.KernelArguments.IsEmpty)
            {
                plan.Warn(
                    $"The kernel arguments cannot be handed over: a {vm.Architecture} machine has no SMBIOS without UEFI, and no kernel is started directly."
                );
            }

            return;
        }

        foreach (var reader in (string[])["stub", "boot"])
        {
            plan.Add(
                QemuOption
                    .List("-smbios")
                    .With("type", 11)
                    .With("value", $"io.systemd.{reader}.kernel-cmdline-extra={commandLine}")
            );
        }
    }
}
