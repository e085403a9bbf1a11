using VmSpawn.Engine.Host;

namespace VmSpawn.Engine.Systemd;

/// <summary>What of systemd there is on a host, as far as files tell: nothing is started by looking.</summary>
internal static class SystemdProbe
{
    private const string Booted = "/run/systemd/system"; // sd_booted(3)
    private const string SystemBus = "/run/dbus/system_bus_socket";
    private const string MachinedSocket = "systemd/machine/io.systemd.Machine";
    private const string MachinedService = "org.freedesktop.machine1.service";

    // Where services are described that D-Bus starts on demand (dbus-daemon(1)).
    private static readonly string[] ServiceDirectories = ["/usr/local/share", "/usr/share", "/lib"];

    /// <summary>The service manager; the path is that of <c>busctl</c>.</summary>
    public static SystemdAccess ServiceManager(IHost host, ServiceManager manager) =>
        (manager is Systemd.ServiceManager.System ? SystemObstacle(host) : UserObstacle(host)) is { } obstacle
            ? obstacle
        : host.FindExecutable("busctl") is not { } busctl
            ? Missing("busctl is not installed", "Install the package systemd with all of its programs.")
        : new SystemdAccess(
            Usable: true,
            manager is Systemd.ServiceManager.System
                ? "systemd runs this host"
                : "the user has a service manager of systemd",
            busctl
        );

    /// <summary>machined; the path is that of its socket, which may come only when it is started.</summary>
    public static SystemdAccess Machined(IHost host, ServiceManager manager)
    {
        var runtime = manager is Systemd.ServiceManager.System ? "/run" : RuntimeDirectory(host);
        if (runtime is null)
        {
            return UserObstacle(host)!;
        }

        var socket = $"{runtime}/{MachinedSocket}";
        var services = manager is Systemd.ServiceManager.System ? "system-services" : "services";
        var isThere =
            host.Files.GetKind(socket) is not FileKind.Missing
            || ServiceDirectories.Any(directory =>
                host.Files.GetKind($"{directory}/dbus-1/{services}/{MachinedService}") is FileKind.Regular
            );
        return isThere
            ? new SystemdAccess(Usable: true, "systemd-machined is installed", socket)
            : Missing(
                manager is Systemd.ServiceManager.System
                    ? "systemd-machined is not installed"
                    : "the user has no systemd-machined, which systemd brings from version 259 on",
                manager is Systemd.ServiceManager.System
                    ? "Install systemd-container."
                    : "Run as root, or leave -Register out."
            );
    }

    private static SystemdAccess? SystemObstacle(IHost host) =>
        host.Files.GetKind(Booted) is not FileKind.Directory
            ? Missing(
                $"systemd does not run this host ({Booted} does not exist)",
                "Do it on a host that systemd runs, or leave the option out."
            )
        : host.Files.GetKind(SystemBus) is FileKind.Missing
            ? Missing($"there is no D-Bus of the system ({SystemBus} does not exist)", "Install dbus.")
        : null;

    private static SystemdAccess? UserObstacle(IHost host)
    {
        const string Hint = "Log in so that there is one, for example by ssh, or leave the option out.";
        if (RuntimeDirectory(host) is not { } runtime)
        {
            return Missing("there is no service manager of the user (XDG_RUNTIME_DIR is not set)", Hint);
        }

        if (host.Files.GetKind($"{runtime}/systemd/private") is FileKind.Missing)
        {
            return Missing($"there is no service manager of the user ({runtime}/systemd/private does not exist)", Hint);
        }

        return
            string.IsNullOrEmpty(host.GetEnvironmentVariable("DBUS_SESSION_BUS_ADDRESS"))
            && host.Files.GetKind($"{runtime}/bus") is FileKind.Missing
            ? Missing($"there is no D-Bus of the user ({runtime}/bus does not exist)", "Install dbus-user-session.")
            : null;
    }

    private static string? RuntimeDirectory(IHost host) =>
        host.GetEnvironmentVariable("XDG_RUNTIME_DIR") is { Length: > 0 } directory ? directory : null;

    private static SystemdAccess Missing(string reason, string hint) => new(Usable: false, reason, Hint: hint);
}
