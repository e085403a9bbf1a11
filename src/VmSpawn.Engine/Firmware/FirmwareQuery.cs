using System.Collections.Immutable;
using VmSpawn.Engine.Configuration;

namespace VmSpawn.Engine.Firmware;

/// <summary>What firmware must be like to be selected.</summary>
public sealed record FirmwareQuery
{
    /// <summary>Guest architecture in QEMU's spelling, such as <c>x86_64</c>.</summary>
    public required string Architecture { get; init; }

    /// <summary>QEMU machine type, such as <c>q35</c>.</summary>
    public required string MachineType { get; init; }

    /// <summary>Whether it must, may or must not support Secure Boot.</summary>
    public Tristate SecureBoot { get; init; } = Tristate.Auto;

    /// <summary>Features it must have. Asking for one makes its exclusion void.</summary>
    public ImmutableArray<string> IncludedFeatures { get; init; } = [];

    /// <summary>Features it must not have; enrolled keys by default, because they refuse unsigned systems.</summary>
    public ImmutableArray<string> ExcludedFeatures { get; init; } = [FirmwareDescriptor.EnrolledKeysFeature];

    /// <summary>True to select firmware without a variable store, as confidential guests need it, instead of firmware with one.</summary>
    public bool Stateless { get; init; }

    /// <summary>True to select only code in raw format.</summary>
    public bool RawOnly { get; init; }

    /// <summary>Why a descriptor does not fit, in a clause; <see langword="null"/> if it does.</summary>
    public string? WhyNot(FirmwareDescriptor descriptor) =>
        WhyNotMachine(descriptor) ?? WhyNotState(descriptor) ?? WhyNotFeatures(descriptor);

    private string? WhyNotMachine(FirmwareDescriptor descriptor)
    {
        if (!descriptor.InterfaceTypes.Contains("uefi"))
        {
            return $"it offers {string.Join(", ", descriptor.InterfaceTypes)}, not uefi";
        }

        return descriptor.Targets.Any(target => target.Covers(Architecture, MachineType))
            ? null
            : $"it is for {string.Join(", ", descriptor.Targets)}, not for {Architecture} ({MachineType})";
    }

    private string? WhyNotState(FirmwareDescriptor descriptor)
    {
        // Whoever asks for a confidential technology by name wants what is made for it.
        if (
            descriptor.ConfidentialOnly
            && !Stateless
            && !IncludedFeatures.Any(FirmwareDescriptor.ConfidentialFeatures.Contains)
        )
        {
            return "it is made for confidential guests (AMD SEV, Intel TDX)";
        }

        if (descriptor.Device is FirmwareDevice.Kernel)
        {
            return "it is started like a kernel (device 'kernel'), which is not supported";
        }

        if (descriptor.Mode is FirmwareFlashMode.Combined)
        {
            return "it keeps its variables in the code file (mode 'combined'), which is not supported";
        }

        if (Stateless && descriptor.NvramTemplate is not null)
        {
            return "it has a variable store";
        }

        if (!Stateless && descriptor.NvramTemplate is null)
        {
            return "it has no variable store";
        }

        return RawOnly && descriptor.Executable.Format != "raw"
            ? $"its code has format {descriptor.Executable.Format}, not raw"
            : null;
    }

    private string? WhyNotFeatures(FirmwareDescriptor descriptor)
    {
        if (IncludedFeatures.FirstOrDefault(feature => !descriptor.Has(feature)) is { } missing)
        {
            return $"it lacks the feature {missing}";
        }

        if (
            ExcludedFeatures.FirstOrDefault(feature =>
                descriptor.Has(feature) && !IncludedFeatures.Contains(feature)
            ) is
            { } unwanted
        )
        {
            return $"it has the feature {unwanted}";
        }

        return SecureBoot switch
        {
            Tristate.Yes when !descriptor.SecureBoot => "it lacks the feature secure-boot",
            Tristate.No when descriptor.SecureBoot => "it has the feature secure-boot",
            _ => null,
        };
    }
}
