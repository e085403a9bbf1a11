using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Host;

namespace VmSpawn.Engine.Resolution;

/// <summary>Looks whether the host can show what the guest's console needs.</summary>
internal static class ConsoleResolver
{
    /// <summary>Refuses a window that nobody could see.</summary>
    /// <exception cref="HostRequirementException"><c>WindowNotAvailable</c>.</exception>
    public static void Check(VmConfiguration configuration, string qemu, IHost host)
    {
        if (configuration is not { Console: ConsoleMode.Gui, Vnc: null })
        {
            return;
        }

        var window = host.ProbeWindow(qemu);
        if (!window.Usable)
        {
            throw new HostRequirementException(
                "WindowNotAvailable",
                "Gui",
                $"The console mode Gui needs a window: {window.Reason}.",
                window.Hint ?? "Serve the display with -Vnc unix instead."
            );
        }
    }
}
