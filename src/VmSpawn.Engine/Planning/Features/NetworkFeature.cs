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
        nic = nic.With("model", vm.Architecture.Virtio("virtio-net")).WithOptional("mac", network.MacAddress);
        plan.Add(network.Forwards.Aggregate(nic, (option, forward) => option.With("hostfwd", RuleOf(forward))));
    }

    // Nothing but numbers, so nothing to escape. Without an address, the guest is the one that DHCP gives out first.
    private static string RuleOf(PortForward forward) =>
        $"{(forward.Protocol is TransportProtocol.Tcp ? "tcp" : "udp")}:{forward.HostAddress}:{forward.HostPort}-:{forward.GuestPort}";
}
