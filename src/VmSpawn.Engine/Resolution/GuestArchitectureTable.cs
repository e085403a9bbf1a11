using System.Collections.Immutable;

namespace VmSpawn.Engine.Resolution;

/// <summary>
/// The table behind <see cref="GuestArchitecture"/>. Partition types are those of UAPI.2; machine types, terminals and
/// TPM devices are those of the spec, section 2.1.
/// </summary>
internal static class GuestArchitectureTable
{
    public static ImmutableArray<GuestArchitecture> Entries { get; } =
    [
        Pc("x86_64") with
        {
            CpuModel = "max,hv_relaxed,hv-vapic,hv-time",
            TpmDevice = "tpm-tis",
            RootPartitionType = new("4f68bce3-e8cd-4db1-96e7-fbcaf984b709"),
            UsrPartitionType = new("8484680c-9521-48c6-9c11-b0720656f69e"),
            Secondary = "i386",
        },
        Pc("i386") with
        {
            RootPartitionType = new("44479540-f297-41b2-9af7-d131d5f0458a"),
            UsrPartitionType = new("75250d76-8cc6-458e-bd66-bd47cc81a812"),
        },
        Arm("aarch64", 2048) with
        {
            RootPartitionType = new("b921b045-1df0-41c3-af44-4c6f280d3fae"),
            UsrPartitionType = new("b0e01050-ee5f-4390-949a-9101b17104e9"),
            Secondary = "arm",
        },
        Arm("arm", 1024) with
        {
            RootPartitionType = new("69dad710-2ce4-4e3c-b16c-21a1d49abed3"),
            UsrPartitionType = new("7d0359a3-02b3-4f0a-865c-654403e70625"),
        },
        new()
        {
            Name = "s390x",
            MachineType = "s390-ccw-virtio",
            SerialTerminal = "ttysclp0",
            VirtioBus = "ccw",
            CpuModel = "max",
            RootPartitionType = new("5eead9a9-fe09-4a1e-a1d7-520d00531306"),
            UsrPartitionType = new("8a4f5770-50aa-4ed3-874a-99b710db6fea"),
        },
        Power("ppc"),
        Power("ppc64") with
        {
            RootPartitionType = new("c31c45e6-3f39-412e-80fb-4809c4980599"),
            UsrPartitionType = new("15bb03af-77e7-4d4a-b12b-c0d084f7491c"),
        },
        Virt("riscv32", 1024),
        Virt("riscv64", 1024) with
        {
            RootPartitionType = new("72ec70a6-cf74-40e6-bd49-4bda08e8f224"),
            UsrPartitionType = new("beaec34b-8442-439b-a40b-984381ed097d"),
        },
        Virt("loongarch64", 4096) with
        {
            RootPartitionType = new("77055800-792c-4f94-b39a-98c91b762bb6"),
            UsrPartitionType = new("e611c702-575c-4cbe-9a46-434fa0bf7e3f"),
        },
        Virt("m68k", 512),
        Malta("mips"),
        Malta("mipsel"),
        Malta("mips64"),
        Malta("mips64el"),
        Other("sparc64", "sun4u"),
        Other("alpha", "clipper"),
        Other("hppa", "hppa"),
    ];

    /// <summary>QEMU's name for the many names of one architecture.</summary>
    public static string Normalize(string name) =>
        name switch
        {
            "x86-64" or "amd64" => "x86_64",
            "x86" or "i486" or "i586" or "i686" => "i386",
            "arm64" or "aarch64_be" => "aarch64",
            "ppc64le" or "ppc64-le" => "ppc64",
            "parisc" or "parisc64" or "parisc32" => "hppa",
            "mips-le" => "mipsel",
            "mips64-le" => "mips64el",
            _ when name.StartsWith("armv", StringComparison.Ordinal) => "arm",
            _ => name,
        };

    private static GuestArchitecture Pc(string name) =>
        new()
        {
            Name = name,
            MachineType = "q35",
            SerialTerminal = "ttyS0",
            IsPc = true,
            HasSmbios = true,
            HasFirmwareConfiguration = true,
            HasUefi = true,
            CpuModel = "max",
            CommandLineLimit = 2048,
        };

    private static GuestArchitecture Arm(string name, int commandLineLimit) =>
        new()
        {
            Name = name,
            MachineType = "virt",
            SerialTerminal = "ttyAMA0",
            HasSmbios = true,
            HasFirmwareConfiguration = true,
            HasUefi = true,
            CpuModel = "max",
            TpmDevice = "tpm-tis-device",
            CommandLineLimit = commandLineLimit,
        };

    private static GuestArchitecture Power(string name) =>
        new()
        {
            Name = name,
            MachineType = "pseries",
            SerialTerminal = "hvc0",
        };

    private static GuestArchitecture Virt(string name, int commandLineLimit) =>
        new()
        {
            Name = name,
            MachineType = "virt",
            SerialTerminal = "ttyS0",
            HasFirmwareConfiguration = name != "m68k",
            HasUefi = name is "riscv64" or "loongarch64",
            CommandLineLimit = commandLineLimit,
        };

    private static GuestArchitecture Malta(string name) => Other(name, "malta");

    private static GuestArchitecture Other(string name, string machineType) =>
        new()
        {
            Name = name,
            MachineType = machineType,
            SerialTerminal = "ttyS0",
        };
}
