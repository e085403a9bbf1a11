using System.Text;
using VmSpawn.Engine.Native;

namespace VmSpawn.Engine.Systemd;

/// <summary>Where a process is in systemd's tree of control groups (cgroups(7)).</summary>
/// <param name="Path">Path below the root of the tree, such as <c>/machine.slice/machine-1-web.scope</c>.</param>
internal sealed record ControlGroup(string Path)
{
    /// <summary>Where this process is, or <see langword="null"/> where there are no control groups.</summary>
    public static ControlGroup? OfThisProcess() =>
        NativeFile.TryRead("/proc/self/cgroup") is { } text ? Parse(Encoding.UTF8.GetString(text)) : null;

    /// <summary>
    /// Reads <c>/proc/PID/cgroup</c>: the hierarchy that systemd uses, which is its own or the one of version 2. Where there
    /// are both, as in a container, it is the one with units.
    /// </summary>
    public static ControlGroup? Parse(string text)
    {
        ControlGroup? own = null;
        ControlGroup? unified = null;
        foreach (var line in text.Split('\n'))
        {
            switch (line.Split(':', 3))
            {
                case [_, "name=systemd", var path]:
                    own = new ControlGroup(path);
                    break;
                case ["0", "", var path]:
                    unified = new ControlGroup(path);
                    break;
            }
        }

        return own?.Unit is not null ? own : unified ?? own;
    }

    /// <summary>The innermost unit that is not a slice, or <see langword="null"/>.</summary>
    public string? Unit => Path.Split('/').LastOrDefault(IsUnit);

    /// <summary>
    /// True if it belongs to a user's login: to a session, or to what the user's own service manager started. Such a unit
    /// has a life of its own and is not the VM's.
    /// </summary>
    public bool IsOfUserSession =>
        Path.Split('/')
            .Any(name =>
                (
                    name.StartsWith("session-", StringComparison.Ordinal)
                    && name.EndsWith(".scope", StringComparison.Ordinal)
                )
                || (
                    name.StartsWith("user@", StringComparison.Ordinal)
                    && name.EndsWith(".service", StringComparison.Ordinal)
                )
            );

    private static bool IsUnit(string name) =>
        name.EndsWith(".scope", StringComparison.Ordinal) || name.EndsWith(".service", StringComparison.Ordinal);
}
