namespace VmSpawn.Engine.Host;

/// <summary>
/// Whether QEMU really can start a virtual CPU with KVM. That the device opens and answers its ioctls proves
/// nothing: under some hypervisors both succeed and QEMU aborts when it sets up the CPU. So QEMU is asked, with the
/// guest stopped (<c>-S</c>), which takes some 0.1 s; the answer is kept for the host's boot.
/// </summary>
internal sealed class KvmProbe(string architecture, KvmProbeCache cache)
{
    /// <summary>How long QEMU may take before the answer is no; a QEMU that must be killed adds a second.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(3);

    /// <summary>Exit codes of timeout(1) when it ended the command, politely or not.</summary>
    private const int TimedOut = 124;

    private const int Killed = 137;

    private const string Script = """
        {"execute":"qmp_capabilities"}
        {"execute":"quit"}

        """;

    /// <summary>Path of the device; tests put another in its place.</summary>
    public string Device { get; init; } = "/dev/kvm";

    /// <summary>Looks at the device, then asks the cache, then QEMU.</summary>
    public DeviceAccess Probe(string qemuBinary)
    {
        if (DeviceOpening.TryOpen(Device) is { } fault)
        {
            return Refused(fault);
        }

        var key = $"{QemuVersion.FileKey(qemuBinary)}|{QemuVersion.FileKey(Device)}";
        if (cache.Find(key) is { } known)
        {
            return known;
        }

        var (answer, lasting) = AskQemu(qemuBinary);
        if (lasting)
        {
            cache.Keep(key, answer);
        }

        return answer;
    }

    private static DeviceAccess Refused(DeviceOpening.Fault fault) =>
        new(
            false,
            fault.Reason,
            fault.Obstacle switch
            {
                DeviceOpening.Obstacle.Missing =>
                    "Enable virtualization in the firmware setup (or nested virtualization in the hypervisor) and load the module kvm_intel or kvm_amd.",
                DeviceOpening.Obstacle.Permission =>
                    "Add the user to the group 'kvm' (sudo usermod -aG kvm USER) and log in again.",
                _ => "Look at the kernel log (dmesg) for messages of kvm.",
            }
        );

    /// <summary>Lasting is false for an answer that may be another one a moment later.</summary>
    private (DeviceAccess Answer, bool Lasting) AskQemu(string qemuBinary)
    {
        BoundedCommand.Result result;
        try
        {
            result = Command(qemuBinary).Run();
        }
        catch (IOException e)
        {
            return (Broken(e.Message), false);
        }

        // One reply per command: only then has QEMU built the machine, taken commands and quit because it was told to.
        var replies = result.Output.Split("\"return\"").Length - 1;
        return result.ExitCode switch
        {
            0 when replies == 2 => (new DeviceAccess(true, "QEMU starts a virtual CPU with KVM"), true),
            null or TimedOut or Killed => (Broken($"QEMU did not answer within {Limit.TotalSeconds} s"), false),
            _ => (Broken(Words(qemuBinary, result)), true),
        };
    }

    private static DeviceAccess Broken(string words) =>
        new(
            false,
            $"QEMU cannot start a virtual CPU with KVM: {words}",
            "KVM of this host is not usable, often because it is itself a virtual machine; guests run in emulation."
        );

    private static string Words(string qemuBinary, BoundedCommand.Result result)
    {
        var prefix = Path.GetFileName(qemuBinary) + ": ";
        var lines = result
            .Error.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(line => !line.StartsWith("Aborted", StringComparison.Ordinal))
            .Select(line => line.StartsWith(prefix, StringComparison.Ordinal) ? line[prefix.Length..] : line);
        var words = OneLine.Of(string.Join('\n', lines), 300);
        return words.Length > 0 ? words : $"it ended with exit code {result.ExitCode} and no message";
    }

    /// <summary>
    /// The shell forbids core dumps (QEMU may abort), and timeout, where there is one, ends QEMU even if this process is
    /// killed meanwhile; being QEMU's parent it also reaps it. The command's own limit stands behind both.
    /// </summary>
    private BoundedCommand Command(string qemuBinary) =>
        new(
            "/bin/sh",
            [
                "-c",
                $"ulimit -c 0; if command -v timeout >/dev/null; then exec timeout -k 1 {Limit.TotalSeconds} \"$@\"; else exec \"$@\"; fi",
                "sh",
                qemuBinary,
                "-nodefaults",
                "-no-user-config",
                "-display",
                "none",
                "-machine",
                $"{MachineType},accel=kvm",
                "-cpu",
                "host",
                "-S",
                "-qmp",
                "stdio",
            ],
            Limit + TimeSpan.FromSeconds(1.5)
        )
        {
            Input = Script,
        };

    /// <summary>Machine type of the architecture (spec, section 2.1).</summary>
    private string MachineType =>
        architecture switch
        {
            "x86_64" or "i386" or "i586" or "i686" => "q35",
            "s390x" => "s390-ccw-virtio",
            "ppc" or "ppc64" or "ppc64le" => "pseries",
            _ => "virt",
        };
}
