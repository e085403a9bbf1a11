using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Qemu;
using VmSpawn.Engine.Resolution;

namespace VmSpawn.Engine.Planning.Features;

/// <summary>The network device and what it is connected to.</summary>
internal static class NetworkFeature
{
    public static void Plan(ResolvedVm vm, PlanBuilder plan)
    {
        var network = vm.Network;
        if (network.Mode is NetworkMode.None)
        {
            plan.Add(QemuOption.List("-nic", "none"));
            return;
        }

        var nic =
            network.Mode is NetworkMode.User
                ? QemuOption.List("-nic", "user")
                : QemuOption
                    .List("-nic", "tap")
                    .WithOptional("ifname", network.InterfaceName)
                    // The host's network service sets the interface up, not a script of QEMU's.
                    .With("script", "no")
                    .With("downscript", "no");
        plan.Add(nic.With("model", vm.Architecture.Virtio("virtio-net")).WithOptional("mac", network.MacAddress));
    }
}
