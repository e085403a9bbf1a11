using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Host;

namespace VmSpawn.Engine.Resolution;

/// <summary>Finds QEMU (the spec, section 3.1).</summary>
internal static class QemuFinder
{
    // Fedora and its relatives keep the host's QEMU out of PATH.
    private const string LibexecQemu = "/usr/libexec/qemu-kvm";

    /// <summary>Absolute path of the QEMU that runs guests of that architecture.</summary>
    /// <exception cref="HostRequirementException">There is none (<c>QemuNotFound</c>).</exception>
    public static string Find(IHost host, GuestArchitecture guest)
    {
        var system = $"qemu-system-{guest.Name}";
        var native = GuestArchitecture.Find(host.Architecture) == guest;
        var binary =
            (native ? host.FindExecutable("qemu") ?? host.FindExecutable("qemu-kvm") : null)
            ?? host.FindExecutable(system)
            ?? (native && host.Files.GetKind(LibexecQemu) is FileKind.Regular ? LibexecQemu : null);
        return binary
            ?? throw new HostRequirementException(
                "QemuNotFound",
                system,
                $"QEMU was not found: there is no {system} in PATH.",
                $"Install it: {PackageHint(guest)}."
            );
    }

    private static string PackageHint(GuestArchitecture guest) =>
        guest.Name switch
        {
            "x86_64" or "i386" =>
                "apt install qemu-system-x86, dnf install qemu-system-x86, or pacman -S qemu-system-x86",
            "aarch64" =>
                "apt install qemu-system-arm, dnf install qemu-system-aarch64, or pacman -S qemu-system-aarch64",
            "arm" => "apt install qemu-system-arm, dnf install qemu-system-arm, or pacman -S qemu-system-arm",
            _ => $"the package with qemu-system-{guest.Name}, such as qemu-system-misc on Debian",
        };
}
