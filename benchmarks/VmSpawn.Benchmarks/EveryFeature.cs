namespace VmSpawn.Benchmarks;

/// <summary>A description of a VM that uses all that shapes the machine, with files for it.</summary>
internal sealed class EveryFeature
{
    private const long ImageSize = 64L << 20;

    public EveryFeature(Place place, Guest guest)
    {
        var folder = place.PathOf("every");
        Directory.CreateDirectory(folder);
        string[] disks = [Path.Join(folder, "disk.raw"), Path.Join(folder, "data.raw"), Path.Join(folder, "more.raw")];
        foreach (var disk in disks)
        {
            using var file = File.Create(disk);
            file.SetLength(ImageSize);
        }

        var template = Path.Join(folder, "vars.fd");
        File.WriteAllText(template, "variables");
        var kernel = guest.Parameters();
        Parameters = new(StringComparer.Ordinal)
        {
            ["Machine"] = "every",
            ["Image"] = disks[0],
            ["ImageFormat"] = "raw",
            ["ImageDiskType"] = "nvme",
            ["GrowImage"] = "128M",
            ["DiscardDisk"] = "yes",
            ["ExtraDrive"] = (string[])[$"raw:virtio-scsi:{disks[1]}", disks[2]],
            ["Linux"] = kernel["Linux"],
            ["Initrd"] = (object[])[kernel["Initrd"], kernel["Initrd"]],
            ["KernelArgument"] = (string[])["root=/dev/nvme0n1p2", "rw", "quiet"],
            ["Cpus"] = "4,sockets=2,cores=2",
            ["Ram"] = "1G:4G:2",
            ["Kvm"] = "auto",
            ["Vsock"] = "auto",
            ["Tpm"] = "auto",
            ["TpmState"] = Path.Join(folder, "tpm"),
            ["NetworkUserMode"] = true,
            ["QemuArgument"] = (string[])["-boot", "menu=off"],
            ["Firmware"] = "uefi",
            ["SecureBoot"] = "auto",
            ["FirmwareFeature"] = (string[])["~amd-sev-snp"],
            ["EfiNvramTemplate"] = template,
            ["EfiNvramState"] = Path.Join(folder, "state.fd"),
            ["Smbios11"] = (string[])["vendor:a=b", "vendor:c=d"],
            ["Uuid"] = "3d1219c7-c4c5-404a-aa1f-6d2a48adfda4",
        };
    }

    /// <summary>The parameters.</summary>
    public Dictionary<string, object> Parameters { get; }
}
