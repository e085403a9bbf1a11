using VmSpawn.Engine.Firmware;
using static VmSpawn.Output.OutputList;

namespace VmSpawn.Output;

/// <summary>Turns the engine's view of a firmware descriptor into the object that is written to the pipeline.</summary>
internal static class FirmwareFactory
{
    /// <summary>The descriptor, or what can be said of one that is not valid.</summary>
    public static Firmware Create(FirmwareCandidate candidate) =>
        candidate.Descriptor is { } descriptor
            ? Create(candidate, descriptor)
            : new Firmware
            {
                Path = candidate.Path,
                Description = "",
                Architectures = List<string>([]),
                Machines = List<string>([]),
                Interfaces = List<string>([]),
                Features = List<string>([]),
                Tags = List<string>([]),
                Reason = candidate.Reason,
            };

    private static Firmware Create(FirmwareCandidate candidate, FirmwareDescriptor descriptor) =>
        new()
        {
            Path = candidate.Path,
            Description = descriptor.Description,
            Architectures = List(descriptor.Targets.Select(target => target.Architecture).Distinct()),
            Machines = List(descriptor.Targets.SelectMany(target => target.Machines).Distinct()),
            Interfaces = List(descriptor.InterfaceTypes),
            Device = descriptor.Device.ToString(),
            Mode = descriptor.Mode.ToString(),
            Executable = descriptor.Executable.Path,
            ExecutableFormat = descriptor.Executable.Format,
            NvramTemplate = descriptor.NvramTemplate?.Path,
            NvramTemplateFormat = descriptor.NvramTemplate?.Format,
            Features = List(descriptor.Features),
            SecureBoot = descriptor.SecureBoot,
            EnrolledKeys = descriptor.EnrolledKeys,
            RequiresSmm = descriptor.RequiresSmm,
            Tags = List(descriptor.Tags),
            Selected = candidate.Selected,
            Reason = candidate.Reason,
        };
}
