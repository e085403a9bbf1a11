using System.Management.Automation;
using VmSpawn.Pipeline;
using VmSpawn.Services;

namespace VmSpawn.Commands;

/// <summary>What every cmdlet of the module has: the bridge to the engine, and a stop that reaches it.</summary>
public abstract class VmSpawnCommand : PSCmdlet, IDisposable
{
    /// <summary>Makes the cmdlet; PowerShell fills in the parameters afterwards.</summary>
    protected VmSpawnCommand() => Bridge = new PipelineBridge(this);

    /// <summary>Runs the engine's work and carries its messages and errors.</summary>
    private protected PipelineBridge Bridge { get; }

    /// <summary>The engine.</summary>
    private protected static IEngineServices Engine => EngineServices.Current;

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    protected override void StopProcessing() => Bridge.Stop();

    /// <summary>Releases the bridge.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            Bridge.Dispose();
        }
    }
}
