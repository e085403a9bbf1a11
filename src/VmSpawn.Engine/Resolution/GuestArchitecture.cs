using System.Collections.Immutable;

namespace VmSpawn.Engine.Resolution;

/// <summary>What differs between the guest architectures (the spec, section 2.1, its faults mended).</summary>
public sealed record GuestArchitecture
{
    /// <summary>Name in QEMU's spelling: suffix of its binary and name in firmware descriptors.</summary>
    public required string Name { get; init; }

    /// <summary>QEMU machine type.</summary>
    public required string MachineType { get; init; }

    /// <summary>Terminal of the guest's first serial console.</summary>
    public required string SerialTerminal { get; init; }

    /// <summary>True for PCs: system management mode, HPET, Hyper-V enlightenments and the VM generation counter exist.</summary>
    public bool IsPc { get; init; }

    /// <summary>True if QEMU can hand strings over in SMBIOS tables there.</summary>
    public bool HasSmbios { get; init; }

    /// <summary>True if the machine has QEMU's firmware configuration device.</summary>
    public bool HasFirmwareConfiguration { get; init; }

    /// <summary>QEMU's TPM device, or <see langword="null"/> if there is none for that machine type.</summary>
    public string? TpmDevice { get; init; }

    /// <summary>Bus of the virtio devices, as in <c>virtio-rng-pci</c>.</summary>
    public string VirtioBus { get; init; } = "pci";

    /// <summary>
    /// Value of QEMU's <c>-cpu</c>: all that the accelerator offers; <see langword="null"/> where QEMU knows no such
    /// model and its own default stands.
    /// </summary>
    public string? CpuModel { get; init; }

    /// <summary>True if there is UEFI firmware for it; the other machines bring firmware of their own.</summary>
    public bool HasUefi { get; init; }

    /// <summary>Longest kernel command line in bytes: <c>COMMAND_LINE_SIZE</c> in the kernel's <c>asm/setup.h</c>.</summary>
    public int CommandLineLimit { get; init; } = 512;

    /// <summary>GPT type of the root partition (UAPI.2, Discoverable Partitions Specification), or <see langword="null"/>.</summary>
    public Guid? RootPartitionType { get; init; }

    /// <summary>GPT type of the <c>/usr</c> partition, or <see langword="null"/>.</summary>
    public Guid? UsrPartitionType { get; init; }

    /// <summary>Architecture whose partitions are taken if there are none of this one: 32-bit beside 64-bit.</summary>
    public string? Secondary { get; init; }

    /// <summary>All that are known.</summary>
    public static ImmutableArray<GuestArchitecture> All => GuestArchitectureTable.Entries;

    /// <summary>QEMU's name of a virtio device on this architecture's bus.</summary>
    public string Virtio(string device) => $"{device}-{VirtioBus}";

    /// <summary>Finds an architecture by QEMU's, the kernel's (<c>uname -m</c>) or systemd's name.</summary>
    public static GuestArchitecture? Find(string name)
    {
        var normal = GuestArchitectureTable.Normalize(name);
        return All.FirstOrDefault(architecture => architecture.Name == normal);
    }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
