using System.Collections.Immutable;
using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Planning.Features;
using VmSpawn.Engine.Resolution;

namespace VmSpawn.Engine.Planning;

/// <summary>Turns a resolved VM into the plan of its launch. Pure: the same VM gives the same plan, nothing is touched.</summary>
public static class LaunchPlanner
{
    /// <summary>One part of the machine: adds all that is planned for it.</summary>
    private delegate void Feature(ResolvedVm vm, PlanBuilder plan);

    // The order of QEMU's options (the spec, section 2).
    private static readonly ImmutableArray<Feature> Features =
    [
        MachineFeature.Plan,
        CpuTopologyFeature.Plan,
        MemoryFeature.Plan,
        RngFeature.Plan,
        BalloonFeature.Plan,
        UuidFeature.Plan,
        VmGenIdFeature.Plan,
        NetworkFeature.Plan,
        AccelFeature.Plan,
        VsockFeature.Plan,
        CpuModelFeature.Plan,
        QmpFeature.Plan,
        ConsoleFeature.Plan,
        FirmwareFeature.Plan,
        DiskFeature.Plan,
        MountFeature.Plan,
        KernelFeature.Plan,
        TpmFeature.Plan,
        NotificationFeature.Plan,
        JournalFeature.Plan,
        Smbios11Feature.Plan,
        CredentialFeature.Plan,
        SshKeyFeature.Plan,
    ];

    /// <summary>Plans the launch.</summary>
    /// <exception cref="Errors.InvalidValueException">A value cannot be handed to QEMU, such as a path with a line break.</exception>
    public static LaunchPlan Plan(ResolvedVm vm)
    {
        var plan = new PlanBuilder(vm.RunDirectory);
        foreach (var feature in Features)
        {
            feature(vm, plan);
        }

        return new LaunchPlan
        {
            Name = vm.Name,
            RunDirectory = vm.RunDirectory,
            QemuBinary = vm.QemuBinary,
            QemuOptions = plan.Options,
            ExtraQemuArguments = vm.QemuArguments,
            Descriptors = plan.Descriptors,
            Files = plan.Files,
            Credentials = plan.Credentials,
            Helpers = plan.Helpers,
            Notifications = plan.Notifications,
            ServiceManager = vm.ServiceManager,
            VsockClaim = vm.Vsock is { Backend: VsockBackend.Kernel } vsock
                ? new VsockClaim(vsock.Cid, vsock.IsAutomatic)
                : null,
            Registration = RegistrationFeature.Plan(vm, plan),
            Claims = plan.Claims,
            Decisions = vm.Decisions,
            Warnings = [.. vm.Warnings, .. plan.Warnings],
            Summary = Summarize(vm),
        };
    }

    private static MachineSummary Summarize(ResolvedVm vm) =>
        new()
        {
            Architecture = vm.Architecture.Name,
            MachineType = vm.Architecture.MachineType,
            Accelerator = vm.Accelerator.Kvm ? "kvm" : "tcg",
            Cpus = vm.Cpus.Count,
            // No host has more than that; QEMU will say so.
            MemoryBytes = (long)Math.Min(vm.Ram.Initial.MebibytesRoundedUp, long.MaxValue >> 20) << 20,
            Image = vm.Disks.FirstOrDefault(disk => disk.IsPrimary)?.Path,
            Directory = vm.Directory,
            // One inside the image has no path that would be of use to anybody.
            Kernel = vm.Kernel is { ImageFiles.IsEmpty: true } kernel ? kernel.Path : null,
            VsockCid = vm.Vsock?.Cid,
            NotifyTransport = NotifyTransportText.Format(vm.NotifyTransport),
            Ssh = SshKeyFeature.Describe(vm),
            Journal = vm.Journal?.Output,
            PortForwards = [.. vm.Network.Forwards.Select(forward => forward.ToString())],
            Initrds = vm.Kernel is { ImageFiles.IsEmpty: true } own ? own.Initrds : [],
            Firmware = vm.Firmware.Mode is FirmwareMode.Bios ? "bios" : vm.Firmware.Code,
            Console = vm.Console,
            ConsoleTransport = vm.ConsoleTransport,
            Background = vm.Background?.Value,
            Vnc = ConsoleFeature.VncAddressOf(vm),
        };
}
