using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace VmSpawn.Benchmarks;

/// <summary>A PowerShell session with the module loaded, as a user has it open.</summary>
internal sealed class ModuleSession : IDisposable
{
    private readonly Runspace _runspace;

    public ModuleSession(string manifest)
    {
        Environment.SetEnvironmentVariable("POWERSHELL_TELEMETRY_OPTOUT", "1");
        var state = InitialSessionState.CreateDefault2();
        state.ImportPSModule(manifest);
        state.Commands.Add(new SessionStateCmdletEntry(BareCommand.Name, typeof(BareCommand), helpFileName: null));
        _runspace = RunspaceFactory.CreateRunspace(state);
        _runspace.Open();
    }

    /// <summary>Runs one cmdlet; its errors are ours.</summary>
    public PSObject? Run(string cmdlet, Dictionary<string, object> parameters)
    {
        var output = RunAll(cmdlet, parameters);
        return output.Count == 0 ? null : output[^1];
    }

    /// <summary>Runs one cmdlet for everything that it writes.</summary>
    public IReadOnlyList<PSObject> RunAll(string cmdlet, Dictionary<string, object> parameters)
    {
        using var shell = PowerShell.Create(_runspace);
        return shell.AddCommand(cmdlet).AddParameters(parameters).AddParameter("ErrorAction", "Stop").Invoke();
    }

    /// <summary>Ends the VM without asking the guest.</summary>
    public void TurnOff() => Run("Stop-VmSpawn", new(StringComparer.Ordinal) { ["Name"] = "tiny", ["TurnOff"] = true });

    /// <summary>What would be started with those parameters.</summary>
    public PSObject Plan(Dictionary<string, object> parameters) => Run("New-VmSpawnPlan", parameters)!;

    public void Dispose() => _runspace.Dispose();
}
