using System.Collections.Immutable;
using VmSpawn.Engine.Errors;

namespace VmSpawn.Engine.Firmware;

/// <summary>What a firmware descriptor says: one JSON file as specified by QEMU's <c>docs/interop/firmware.json</c>.</summary>
public sealed record FirmwareDescriptor
{
    /// <summary>Feature of firmware that can verify what it boots.</summary>
    public const string SecureBootFeature = "secure-boot";

    /// <summary>Feature of firmware whose variable store holds keys already, so that it refuses unsigned systems.</summary>
    public const string EnrolledKeysFeature = "enrolled-keys";

    /// <summary>Features that name a technology for confidential guests; see <see cref="ConfidentialOnly"/>.</summary>
    public static ImmutableArray<string> ConfidentialFeatures { get; } =
    ["amd-sev", "amd-sev-es", "amd-sev-snp", "intel-tdx"];

    /// <summary>Absolute path of the descriptor itself.</summary>
    public required string Path { get; init; }

    /// <summary>The firmware in a person's words.</summary>
    public required string Description { get; init; }

    /// <summary>What it offers to an operating system: <c>uefi</c>, <c>bios</c>, <c>openfirmware</c> or <c>uboot</c>.</summary>
    public required ImmutableArray<string> InterfaceTypes { get; init; }

    /// <summary>Machines it runs on.</summary>
    public required ImmutableArray<FirmwareTarget> Targets { get; init; }

    /// <summary>Where it goes in the VM.</summary>
    public required FirmwareDevice Device { get; init; }

    /// <summary>Where it keeps its variables; stateless for devices other than flash.</summary>
    public required FirmwareFlashMode Mode { get; init; }

    /// <summary>The code.</summary>
    public required FirmwareFile Executable { get; init; }

    /// <summary>Template of the variable store: always there in mode split, never in the others.</summary>
    public FirmwareFile? NvramTemplate { get; init; }

    /// <summary>What it supports and demands.</summary>
    public required ImmutableArray<string> Features { get; init; }

    /// <summary>Words for people, such as build options.</summary>
    public required ImmutableArray<string> Tags { get; init; }

    /// <summary>True if it supports Secure Boot.</summary>
    public bool SecureBoot => Has(SecureBootFeature);

    /// <summary>True if its variable store holds keys already.</summary>
    public bool EnrolledKeys => Has(EnrolledKeysFeature);

    /// <summary>True if it only runs on a machine with system management mode.</summary>
    public bool RequiresSmm => Has("requires-smm");

    /// <summary>
    /// True if it is made for confidential guests (AMD SEV, Intel TDX) and not for ordinary ones. A descriptor does not
    /// say so outright: ordinary firmware may list such a feature too, but it has a variable store.
    /// </summary>
    public bool ConfidentialOnly => NvramTemplate is null && Features.Any(ConfidentialFeatures.Contains);

    /// <summary>True if the feature is listed.</summary>
    public bool Has(string feature) => Features.Contains(feature);

    /// <summary>Reads a descriptor.</summary>
    /// <param name="path">Its path, for messages and <see cref="Path"/>.</param>
    /// <param name="json">Its content.</param>
    /// <exception cref="InvalidFileException"><c>InvalidFirmwareDescriptor</c>: the content is no usable descriptor.</exception>
    public static FirmwareDescriptor Parse(string path, ReadOnlyMemory<byte> json) =>
        FirmwareDescriptorReader.Read(path, json);
}
