using System.Collections.Immutable;
using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Resolution;
using VmSpawn.Engine.Systemd;

namespace VmSpawn.Engine.Planning.Features;

/// <summary>The VM's unit, and its entry in machined's register.</summary>
internal static class RegistrationFeature
{
    private const string Service = "vmspawn";

    // A unit is ended by a signal to all its processes at once. QEMU would end at any that ends programs, without its guest
    // being asked; this one is ignored by all but the supervisor, which then ends the VM in an orderly way.
    private const int KillSignal = (int)Native.Signal.WindowChange;

    // As the manual page's unit has it (the spec, section 8.11).
    private static readonly TimeSpan StopTime = TimeSpan.FromMinutes(2);

    public static PlannedRegistration? Plan(ResolvedVm vm, PlanBuilder plan) =>
        vm.Registration is not { } registration
            ? null
            : new PlannedRegistration
            {
                Manager = registration.Manager,
                Busctl = registration.Busctl,
                Scope = registration.Scope is { } scope ? Scope(vm, scope) : null,
                Machine = registration.Machine is { } machine ? Machine(vm, machine, plan) : null,
            };

    private static PlannedScope Scope(ResolvedVm vm, ResolvedScope scope)
    {
        ImmutableArray<BusProperty> given = [.. scope.Properties.Select(property => property.Bus)];
        BusProperty[] usual =
        [
            BusProperty.Text("Description", $"Virtual Machine {vm.Name}"),
            BusProperty.Text("CollectMode", "inactive-or-failed"),
            BusProperty.SignedNumber("KillSignal", KillSignal),
            BusProperty.Number("TimeoutStopUSec", (ulong)StopTime.TotalMicroseconds),
        ];
        return new PlannedScope(
            scope.Unit,
            [
                BusProperty.Text("Slice", scope.Slice.Value),
                .. usual.Where(one => !given.Any(other => other.Name == one.Name)),
                .. given,
            ],
            scope.IsRequired
        );
    }

    private static PlannedMachine Machine(ResolvedVm vm, ResolvedMachine machine, PlanBuilder plan)
    {
        // Programs of the host reach the guest by that number only if the kernel carries it.
        var cid = vm.Vsock is { Backend: VsockBackend.Kernel } vsock ? vsock.Cid : (long?)null;
        return new PlannedMachine
        {
            Name = vm.Name,
            Id = vm.Uuid?.ToString().Replace("-", "", StringComparison.Ordinal),
            Service = Service,
            VsockCid = cid,
            RootDirectory = vm.Directory,
            SshAddress = cid is null ? null : $"vsock/{cid}",
            SshPrivateKeyPath = cid is null || vm.SshKey is null ? null : plan.InRunDirectory(SshKeyFeature.KeyName),
            Socket = machine.Socket,
            IsRequired = machine.IsRequired,
        };
    }
}
