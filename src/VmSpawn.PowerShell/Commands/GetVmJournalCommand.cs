using System.Management.Automation;
using VmSpawn.Completion;
using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Journal;
using VmSpawn.Output;
using VmSpawn.Parameters;
using VmSpawn.Services;

namespace VmSpawn.Commands;

/// <summary>Gets the entries of the journal that a virtual machine forwards to the host.</summary>
[Cmdlet(VerbsCommon.Get, "VmJournal", DefaultParameterSetName = NameSet)]
[OutputType(typeof(JournalEntry))]
public sealed class GetVmJournalCommand : VmSpawnCommand
{
    private const string NameSet = "Name";
    private const string PathSet = "Path";

    private JournalQuery _query = new();

    /// <summary>Names of VMs, running or ended, with wildcards.</summary>
    [Parameter(
        Mandatory = true,
        Position = 0,
        ParameterSetName = NameSet,
        ValueFromPipeline = true,
        ValueFromPipelineByPropertyName = true
    )]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(MachineNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>Journal file, or directory of journal files. A literal path.</summary>
    [Parameter(Mandatory = true, ParameterSetName = PathSet)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>Goes on with what is written from now on, until the VM ends.</summary>
    [Parameter]
    public SwitchParameter Follow { get; set; }

    /// <summary>Only entries of these units, with wildcards.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Unit { get; set; } = [];

    /// <summary>Only entries of this priority or a more urgent one: a name or a number from 0 to 7.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(PriorityCompleter))]
    public string? Priority { get; set; }

    /// <summary>Only entries from that moment on.</summary>
    [Parameter]
    public DateTime? Since { get; set; }

    /// <summary>Only entries up to that moment.</summary>
    [Parameter]
    public DateTime? Until { get; set; }

    /// <summary>So many entries at most, the last ones.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int? Last { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing() =>
        _query = Bridge.Read(() =>
            Follow && Until is { } end
                ? throw new VmSpawnException(
                    "JournalFollowUntil",
                    VmErrorKind.ConflictingArguments,
                    $"Entries up to {end} were asked for, and those that are yet to come.",
                    end,
                    "Leave -Follow or -Until out."
                )
                : new JournalQuery
                {
                    Units = [.. Unit],
                    Priority = Priority is null ? null : JournalPriority.Parse(Priority),
                    // A time of no kind is local.
                    Since = Since is { } since ? new DateTimeOffset(since) : null,
                    Until = Until is { } until ? new DateTimeOffset(until) : null,
                    Last = Last,
                }
        );

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName == PathSet)
        {
            Write(Bridge.Read(() => PathArgument.Resolve(this, Path, "path").Value), machine: null);
            return;
        }

        foreach (var name in Name)
        {
            var isPattern = WildcardPattern.ContainsWildcardCharacters(name);
            foreach (var machine in MachineQuery.Run(Bridge, Engine, [name]))
            {
                if (machine.Summary.Journal is { } journal)
                {
                    Write(journal, machine.Name);
                }
                else if (!isPattern)
                {
                    Bridge.Report(
                        new VmSpawnException(
                            "JournalNotForwarded",
                            VmErrorKind.NotFound,
                            $"The journal of '{machine.Name}' is not kept on this host.",
                            machine.Name,
                            "Start the VM with -ForwardJournal."
                        )
                    );
                }
            }
        }
    }

    private void Write(string journal, string? machine) =>
        Bridge.TryRun(
            async context =>
            {
                await Engine.ReadJournalAsync(
                    new JournalRequest(journal, _query, Follow, machine),
                    entry => context.Output(JournalEntryFactory.Create(entry)),
                    context.Warning,
                    context.CancellationToken
                );
                return true;
            },
            out _
        );
}
