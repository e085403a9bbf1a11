using System.Management.Automation;
using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Machines;
using VmSpawn.Pipeline;

namespace VmSpawn.Services;

/// <summary>Finds the VMs that a cmdlet's <c>-Name</c> means.</summary>
internal static class MachineQuery
{
    /// <summary>
    /// The VMs of these names and patterns, each once. A name without wildcards that no VM has is a non-terminating
    /// error; a pattern that fits none is not.
    /// </summary>
    public static IReadOnlyList<MachineRecord> Run(PipelineBridge bridge, IEngineServices engine, string[] names)
    {
        var found = new List<MachineRecord>();
        foreach (var name in names)
        {
            if (bridge.TryRun(_ => Task.FromResult(Find(engine, name)), out var machines))
            {
                found.AddRange(machines.Where(machine => found.TrueForAll(known => known.Id != machine.Id)));
            }
        }

        return found;
    }

    private static IReadOnlyList<MachineRecord> Find(IEngineServices engine, string name)
    {
        if (WildcardPattern.ContainsWildcardCharacters(name))
        {
            var pattern = WildcardPattern.Get(name, WildcardOptions.IgnoreCase);
            return [.. engine.List().Where(machine => pattern.IsMatch(machine.Name))];
        }

        return engine.Find(name) is { } machine
            ? [machine]
            : throw new VmSpawnException(
                "MachineNotFound",
                VmErrorKind.NotFound,
                $"There is no VM named '{name}'.",
                name,
                "Get-VmSpawn lists all VMs of this user."
            );
    }
}
