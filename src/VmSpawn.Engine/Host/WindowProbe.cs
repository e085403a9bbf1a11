using System.Collections.Concurrent;

namespace VmSpawn.Engine.Host;

/// <summary>Whether QEMU could open a window here: a display to show it on, and a QEMU that was built with windows.</summary>
internal static class WindowProbe
{
    private const string Instead = "serve the display with -Vnc unix instead";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);
    private static readonly ConcurrentDictionary<string, bool> Known = new(StringComparer.Ordinal);

    /// <summary>Looks at the environment first, then asks QEMU.</summary>
    public static DeviceAccess Probe(string qemuBinary, Func<string, string?> environment)
    {
        if (string.IsNullOrEmpty(environment("DISPLAY")) && string.IsNullOrEmpty(environment("WAYLAND_DISPLAY")))
        {
            return new DeviceAccess(
                Usable: false,
                "there is no display, neither DISPLAY nor WAYLAND_DISPLAY is set",
                $"Start it in a graphical session, or {Instead}."
            );
        }

        return Known.GetOrAdd(QemuVersion.FileKey(qemuBinary), _ => HasWindows(qemuBinary))
            ? new DeviceAccess(Usable: true, "QEMU has windows")
            : new DeviceAccess(
                Usable: false,
                $"'{qemuBinary}' has none, neither gtk nor sdl",
                $"Install qemu-system-gui (Debian) or qemu-ui-gtk (Fedora, Arch), or {Instead}."
            );
    }

    private static bool HasWindows(string qemuBinary)
    {
        try
        {
            var words = new BoundedCommand(qemuBinary, ["-display", "help"], Limit).Run().Output.Split(default(char[]));
            return words.Contains("gtk") || words.Contains("sdl");
        }
        catch (IOException)
        {
            // Starting it will say so.
            return true;
        }
    }
}
