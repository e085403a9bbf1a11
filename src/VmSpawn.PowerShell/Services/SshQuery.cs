using System.Management.Automation;
using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Machines;
using VmSpawn.Engine.Planning;
using VmSpawn.Pipeline;

namespace VmSpawn.Services;

/// <summary>Finds, of the VMs that a cmdlet's <c>-Name</c> means, those that have an SSH key.</summary>
internal static class SshQuery
{
    /// <summary>
    /// Living VMs with their way. One that was named and has none is a non-terminating error; one that fits a pattern is
    /// left out.
    /// </summary>
    /// <param name="bridge">Takes the errors.</param>
    /// <param name="engine">The engine.</param>
    /// <param name="names">Names and patterns.</param>
    /// <param name="withAddress">True to ask for a way, too, and not only for a key.</param>
    public static IEnumerable<(MachineRecord Machine, PlannedSsh Ssh)> Run(
        PipelineBridge bridge,
        IEngineServices engine,
        string[] names,
        bool withAddress = false
    )
    {
        foreach (var machine in MachineQuery.Run(bridge, engine, names))
        {
            var ssh = machine.State is MachineState.Stopped or MachineState.Failed ? null : machine.Summary.Ssh;
            if (ssh is not null && (!withAddress || ssh.Address is not null))
            {
                yield return (machine, ssh);
            }
            else if (names.Any(name => IsExactly(name, machine)))
            {
                _ = bridge.TryRun<object>(_ => throw Missing(machine, ssh), out object? _);
            }
        }
    }

    private static bool IsExactly(string name, MachineRecord machine) =>
        !WildcardPattern.ContainsWildcardCharacters(name) && name == machine.Name;

    private static VmSpawnException Missing(MachineRecord machine, PlannedSsh? ssh) =>
        machine.State is MachineState.Stopped or MachineState.Failed
            ? new VmSpawnException(
                "MachineEnded",
                VmErrorKind.NotFound,
                $"The VM '{machine.Name}' has ended, and what it was reached by is gone.",
                machine.Name,
                "Start it again."
            )
        : ssh is null
            ? new VmSpawnException(
                "MachineHasNoSshKey",
                VmErrorKind.NotFound,
                $"The VM '{machine.Name}' has no SSH key.",
                machine.Name,
                "Start it with -PassSshKey yes, or with -SshKey; Start-VmSpawn -Verbose says why it has none by itself."
            )
        : new VmSpawnException(
            "MachineHasNoSshAddress",
            VmErrorKind.NotFound,
            $"The VM '{machine.Name}' has an SSH key, but no way to it from here is known.",
            machine.Name,
            "Start it with VSOCK (-Vsock yes) or with -NetworkUserMode; or use the key of Get-VmSshKey and its address."
        );
}
