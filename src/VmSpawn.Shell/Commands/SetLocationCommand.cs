using System.Management.Automation;

namespace VmSpawn.Shell.Commands;

/// <summary>Changes the current location; <c>cd</c> is an alias of it in the engine.</summary>
[Cmdlet(VerbsCommon.Set, "Location")]
public sealed class SetLocationCommand : PSCmdlet
{
    /// <summary>Where to go, home by default.</summary>
    [Parameter(Position = 0)]
    public string Path { get; set; } = "~";

    /// <summary>Goes there, or says why not.</summary>
    protected override void ProcessRecord()
    {
        try
        {
            SessionState.Path.SetLocation(Path);
        }
        catch (RuntimeException problem)
        {
            WriteError(new ErrorRecord(problem.ErrorRecord, problem));
        }
    }
}
