using System.Collections;
using System.Management.Automation;
using VmSpawn.Engine.Arguments;
using VmSpawn.Engine.Planning;
using VmSpawn.Parameters;

namespace VmSpawn.Commands;

/// <summary>Writes parameters of <c>Start-VmSpawn</c> as the words of a <c>systemd-vmspawn</c> command line.</summary>
[Cmdlet(VerbsData.ConvertTo, "VmSpawnArgument")]
[OutputType(typeof(string))]
public sealed class ConvertToVmSpawnArgumentCommand : VmSpawnCommand
{
    private const string ProgramName = "systemd-vmspawn";

    /// <summary>Parameters by name, as they are splatted.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    public IDictionary? Parameter { get; set; }

    /// <summary>Writes one text for a shell, the program's name in front, instead of the words behind it.</summary>
    [Parameter]
    public SwitchParameter AsCommandLine { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var words = Bridge.Read(() => VmSpawnCommandLine.Write(ConvertedParameters.Read(Parameter!)));
        if (AsCommandLine)
        {
            WriteObject(ShellWord.Join([ProgramName, .. words]));
        }
        else
        {
            WriteObject(words, enumerateCollection: true);
        }
    }
}
