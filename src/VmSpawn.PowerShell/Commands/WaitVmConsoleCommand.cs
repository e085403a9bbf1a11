using System.Management.Automation;
using System.Text.RegularExpressions;
using VmSpawn.Completion;
using VmSpawn.Engine.Errors;
using VmSpawn.Parameters;
using VmSpawn.Services;

namespace VmSpawn.Commands;

/// <summary>Waits until guests write something to their consoles.</summary>
[Cmdlet(VerbsLifecycle.Wait, "VmConsole")]
[OutputType(typeof(ConsoleMatch))]
public sealed class WaitVmConsoleCommand : VmSpawnCommand
{
    // A pattern that takes longer than that for one line never ends.
    private static readonly TimeSpan MatchTime = TimeSpan.FromSeconds(1);

    private Regex? _pattern;
    private TimeSpan? _timeout;

    /// <summary>Names, with wildcards.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(MachineNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>A regular expression that a line must match.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ValidateNotNullOrEmpty]
    public string Pattern { get; set; } = "";

    /// <summary>Takes the pattern as plain text.</summary>
    [Parameter]
    public SwitchParameter SimpleMatch { get; set; }

    /// <summary>How long at most, for each VM; without it, as long as it takes.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(DurationCompleter))]
    public string? Timeout { get; set; }

    /// <summary>Place in the output to search from, as a match has it; without it, the earliest that is kept.</summary>
    [Parameter]
    [ValidateRange(0, long.MaxValue)]
    public long After { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        _timeout = Bridge.Read(() => Duration.ParseOptional(Timeout, "timeout"));
        _pattern = Bridge.Read(ReadPattern);
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var machine in MachineQuery.Run(Bridge, Engine, Name))
        {
            var search = new ConsoleSearch(Engine, machine.Name, _pattern!, After);
            if (Bridge.TryRun(context => search.RunAsync(_timeout, context), out var match))
            {
                WriteObject(match);
            }
        }
    }

    private Regex ReadPattern()
    {
        try
        {
            return new Regex(
                SimpleMatch ? Regex.Escape(Pattern) : Pattern,
                RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
                MatchTime
            );
        }
        catch (ArgumentException e)
        {
            throw new InvalidValueException(
                "InvalidPattern",
                "pattern",
                Pattern,
                $"it is no regular expression: {e.Message}",
                "Correct it, or take it as plain text with -SimpleMatch."
            );
        }
    }
}
