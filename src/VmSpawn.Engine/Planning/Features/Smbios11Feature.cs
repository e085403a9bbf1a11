using System.Text;
using VmSpawn.Engine.Qemu;
using VmSpawn.Engine.Resolution;

namespace VmSpawn.Engine.Planning.Features;

/// <summary>The user's own strings in SMBIOS table 11, through files, so that they may hold any character.</summary>
internal static class Smbios11Feature
{
    public static void Plan(ResolvedVm vm, PlanBuilder plan)
    {
        if (!vm.Smbios11.IsEmpty && !vm.HasSmbios)
        {
            plan.Warn(
                $"The SMBIOS strings are not handed over: a {vm.Architecture} machine has no SMBIOS without UEFI."
            );
            return;
        }

        for (var index = 0; index < vm.Smbios11.Length; index++)
        {
            var path = plan.InRunDirectory($"smbios11-{index}");
            plan.AddFile(new WrittenFile(path, [.. Encoding.UTF8.GetBytes(vm.Smbios11[index])], Secret: false));
            plan.Add(QemuOption.List("-smbios").With("type", 11).With("path", path));
        }
    }
}
