using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Host;

namespace VmSpawn.Engine.Resolution;

/// <summary>KVM or emulation: KVM only where QEMU really can start a virtual CPU with it.</summary>
internal sealed class AcceleratorDecider(IHost host, DecisionLog log)
{
    private const string Subject = "accelerator";
    private const string DescriptorName = "kvm";

    /// <summary>Decides.</summary>
    /// <param name="wanted">What the user wants.</param>
    /// <param name="guest">Guest architecture.</param>
    /// <param name="qemu">Absolute path of QEMU.</param>
    /// <exception cref="HostRequirementException">KVM was demanded and cannot be had (<c>KvmNotUsable</c>).</exception>
    public ResolvedAccelerator Decide(Tristate wanted, GuestArchitecture guest, string qemu)
    {
        var passed = host.ActivationDescriptors.FirstOrDefault(descriptor => descriptor.Name == DescriptorName);
        if (wanted is Tristate.No)
        {
            log.Decide(Subject, "tcg", "KVM was declined");
            return Emulation(passed);
        }

        var access = Access(guest, qemu, passed);
        if (access.Usable)
        {
            log.Decide(Subject, "kvm", access.Reason);
            return new ResolvedAccelerator(Kvm: true, passed);
        }

        if (wanted is Tristate.Yes)
        {
            throw new HostRequirementException(
                "KvmNotUsable",
                "/dev/kvm",
                $"KVM was asked for, but cannot be used: {access.Reason.TrimEnd('.')}.",
                access.Hint ?? "Leave -Kvm out, or say -Kvm no, to emulate the CPU."
            );
        }

        log.Decide(Subject, "tcg", $"KVM cannot be used: {access.Reason}");
        return Emulation(passed);
    }

    private ResolvedAccelerator Emulation(ActivationDescriptor? passed)
    {
        if (passed is not null)
        {
            log.Warn($"The descriptor for /dev/kvm that was passed (fd {passed.Number}) is not used: KVM is off.");
        }

        return new ResolvedAccelerator(Kvm: false);
    }

    private DeviceAccess Access(GuestArchitecture guest, string qemu, ActivationDescriptor? passed)
    {
        if (GuestArchitecture.Find(host.Architecture) != guest)
        {
            return new DeviceAccess(
                Usable: false,
                $"this host is {host.Architecture}, the guest {guest.Name}",
                "Leave -Kvm out: a foreign architecture can only be emulated."
            );
        }

        return passed is null
            ? host.ProbeKvm(qemu)
            : new DeviceAccess(Usable: true, "the service manager passed the device");
    }
}
