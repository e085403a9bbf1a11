using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Host;

namespace VmSpawn.Engine.Resolution;

/// <summary>KVM or emulation: KVM only where QEMU really can start a virtual CPU with it.</summary>
internal static class AcceleratorDecider
{
    private const string Subject = "accelerator";

    /// <summary>True for KVM.</summary>
    /// <exception cref="HostRequirementException">KVM was demanded and cannot be had (<c>KvmNotUsable</c>).</exception>
    public static bool Decide(Tristate wanted, IHost host, GuestArchitecture guest, string qemu, DecisionLog log)
    {
        if (wanted is Tristate.No)
        {
            log.Decide(Subject, "tcg", "KVM was declined");
            return false;
        }

        var access = Access(host, guest, qemu);
        if (access.Usable)
        {
            log.Decide(Subject, "kvm", access.Reason);
            return true;
        }

        if (wanted is Tristate.Yes)
        {
            throw new HostRequirementException(
                "KvmNotUsable",
                "/dev/kvm",
                $"KVM was asked for, but cannot be used: {access.Reason}.",
                access.Hint ?? "Leave -Kvm out, or say -Kvm no, to emulate the CPU."
            );
        }

        log.Decide(Subject, "tcg", $"KVM cannot be used: {access.Reason}");
        return false;
    }

    private static DeviceAccess Access(IHost host, GuestArchitecture guest, string qemu) =>
        GuestArchitecture.Find(host.Architecture) == guest
            ? host.ProbeKvm(qemu)
            : new DeviceAccess(
                Usable: false,
                $"this host is {host.Architecture}, the guest {guest.Name}",
                "Leave -Kvm out: a foreign architecture can only be emulated."
            );
}
