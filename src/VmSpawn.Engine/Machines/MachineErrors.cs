using VmSpawn.Engine.Errors;

namespace VmSpawn.Engine.Machines;

/// <summary>What can be wrong with a VM that was named.</summary>
internal static class MachineErrors
{
    /// <summary>There never was one, or nothing is kept of it.</summary>
    public static VmSpawnException NotFound(string name) =>
        new(
            "MachineNotFound",
            VmErrorKind.NotFound,
            $"There is no VM named '{name}'.",
            name,
            "Get-VmSpawn lists those there are; VMs of other users are not among them."
        );

    /// <summary>It has ended already.</summary>
    public static VmSpawnException Ended(string name) =>
        new("MachineEnded", VmErrorKind.NotFound, $"The VM '{name}' has ended.", name);
}
