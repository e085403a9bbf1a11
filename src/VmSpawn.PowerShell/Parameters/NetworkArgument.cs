using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Errors;

namespace VmSpawn.Parameters;

/// <summary>Reads the switches that choose a network.</summary>
internal static class NetworkArgument
{
    /// <summary>The network, none if no switch is given.</summary>
    /// <exception cref="VmSpawnException"><c>NetworkModesExclusive</c>: both are given.</exception>
    public static NetworkMode Choose(bool userMode, bool tap) =>
        (userMode, tap) switch
        {
            (true, true) => throw new VmSpawnException(
                "NetworkModesExclusive",
                VmErrorKind.ConflictingArguments,
                "A VM has one network: -NetworkUserMode and -NetworkTap exclude each other.",
                "NetworkTap",
                "Leave one of them out."
            ),
            (true, false) => NetworkMode.User,
            (false, true) => NetworkMode.Tap,
            _ => NetworkMode.None,
        };
}
