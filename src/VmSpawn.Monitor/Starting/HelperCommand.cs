using VmSpawn.Engine.Native;
using VmSpawn.Engine.Planning;
using VmSpawn.Engine.Supervision;

namespace VmSpawn.Monitor.Starting;

/// <summary>The command line of a helper, with the way into its namespaces before it.</summary>
internal static class HelperCommand
{
    /// <summary>
    /// The command line. The way in leads through this program again; it is found by an inherited descriptor, since its
    /// path may be closed to the ids that a user namespace has.
    /// </summary>
    /// <param name="helper">The helper.</param>
    /// <param name="self">Number of that descriptor.</param>
    public static IReadOnlyList<string> Compose(PlannedHelper helper, int self) =>
        helper.Namespace is not { } space
            ? helper.Argv
            :
            [
                .. space.UserNamespace,
                $"/proc/self/fd/{self}",
                MonitorProtocol.NamespaceMode,
                $"{Environment.ProcessId}",
                $"{(int)Signal.Terminate}",
                $"{helper.ListenDescriptor}",
                $"{space.View}",
                space.Directory,
                $"{space.UserNamespace.Length > 0}",
                helper.Argv[0],
                .. helper.Argv,
            ];
}
