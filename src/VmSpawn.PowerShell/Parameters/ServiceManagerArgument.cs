using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Systemd;

namespace VmSpawn.Parameters;

/// <summary>The two switches that name a service manager.</summary>
internal static class ServiceManagerArgument
{
    /// <summary>The one that was named, or <see langword="null"/>.</summary>
    /// <exception cref="VmSpawnException">Both were (<c>SystemAndUser</c>).</exception>
    public static ServiceManager? Choose(bool system, bool user) =>
        (system, user) switch
        {
            (true, true) => throw new VmSpawnException(
                "SystemAndUser",
                VmErrorKind.ConflictingArguments,
                "-System and -User exclude each other: there is one service manager for a VM.",
                "-User",
                "Use one of them, or neither: root has the system's, everybody else the user's."
            ),
            (true, false) => ServiceManager.System,
            (false, true) => ServiceManager.User,
            _ => null,
        };
}
