using System.Collections.Specialized;
using System.Management.Automation;
using VmSpawn.Engine.Arguments;
using VmSpawn.Parameters;

namespace VmSpawn.Commands;

/// <summary>Reads a command line of <c>systemd-vmspawn</c> as parameters of <c>Start-VmSpawn</c>, ready to be splatted.</summary>
[Cmdlet(VerbsData.ConvertFrom, "VmSpawnArgument")]
[OutputType(typeof(OrderedDictionary))]
public sealed class ConvertFromVmSpawnArgumentCommand : VmSpawnCommand
{
    /// <summary>One text: a command line, quoted as for a shell. Several: its words.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [AllowEmptyString]
    public string[] Argument { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var commandLine = Bridge.Read(() =>
            Argument.Length == 1 ? VmSpawnCommandLine.Parse(Argument[0]) : VmSpawnCommandLine.Parse(Argument)
        );
        foreach (var option in commandLine.Ignored)
        {
            WriteVerbose($"The option {option} has no counterpart and needs none.");
        }

        if (commandLine.Action != CommandLineAction.Start)
        {
            WriteWarning(ConvertedParameters.Instead(commandLine.Action));
            return;
        }

        var parameters = ConvertedParameters.Create(commandLine, out var unknown);
        foreach (var name in unknown)
        {
            WriteWarning($"Start-VmSpawn has no parameter -{name}; the option for it is left out.");
        }

        WriteObject(parameters);
    }
}
