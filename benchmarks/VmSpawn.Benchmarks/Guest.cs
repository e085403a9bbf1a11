namespace VmSpawn.Benchmarks;

/// <summary>The tiny guest, as <c>samples/tiny-guest/make-guest</c> made it.</summary>
/// <param name="directory">The directory that it printed.</param>
internal sealed class Guest(string directory)
{
    /// <summary>Parameters of <c>Start-VmSpawn</c> and <c>New-VmSpawnPlan</c> that boot it: no firmware, no KVM.</summary>
    public Dictionary<string, object> Parameters(params string[] kernelArguments) =>
        new(StringComparer.Ordinal)
        {
            ["Machine"] = "tiny",
            ["Linux"] = Path.Join(directory, "vmlinuz"),
            ["Initrd"] = Path.Join(directory, "initrd.img"),
            ["Firmware"] = "none",
            ["Kvm"] = "no",
            ["Ram"] = "512M",
            ["KernelArgument"] = (string[])["quiet", "panic=-1", .. kernelArguments],
        };
}
