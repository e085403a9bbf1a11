using System.Management.Automation;
using VmSpawn.Engine.Machines;

namespace VmSpawn.Output;

/// <summary>Gives a VM's exit status to scripts the way a native program's is given.</summary>
internal static class ExitCode
{
    /// <summary>What <c>$LASTEXITCODE</c> is after a VM that ended by a failure, so that it never looks like success.</summary>
    public const int Failure = 1;

    /// <summary>Sets <c>$LASTEXITCODE</c> to the guest's exit status.</summary>
    public static void Set(SessionState session, MachineRecord record) =>
        session.PSVariable.Set("global:LASTEXITCODE", record.ExitStatus ?? Failure);
}
