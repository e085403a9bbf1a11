using System.Management.Automation;
using VmSpawn.Completion;
using VmSpawn.Engine.Configuration;

namespace VmSpawn.Commands;

// Where the guest's journal is kept.
public abstract partial class ConfigurationCommand
{
    /// <summary>
    /// Journal file (a name that ends in <c>.journal</c>) or directory of journal files on the host that the guest's journal
    /// is written to (<c>--forward-journal=</c>). A literal path.
    /// </summary>
    [Parameter(ParameterSetName = ConfigurationSet)]
    public string? ForwardJournal { get; set; }

    /// <summary>Most bytes on disk of that journal (<c>--forward-journal-max-use=</c>).</summary>
    [Parameter(ParameterSetName = ConfigurationSet)]
    [ArgumentCompleter(typeof(JournalSizeCompleter))]
    public string? ForwardJournalMaxUse { get; set; }

    /// <summary>Bytes that it leaves free on the disk (<c>--forward-journal-keep-free=</c>).</summary>
    [Parameter(ParameterSetName = ConfigurationSet)]
    [ArgumentCompleter(typeof(JournalSizeCompleter))]
    public string? ForwardJournalKeepFree { get; set; }

    /// <summary>Most bytes of one of its files (<c>--forward-journal-max-file-size=</c>).</summary>
    [Parameter(ParameterSetName = ConfigurationSet)]
    [ArgumentCompleter(typeof(JournalSizeCompleter))]
    public string? ForwardJournalMaxFileSize { get; set; }

    /// <summary>Most files of it (<c>--forward-journal-max-files=</c>).</summary>
    [Parameter(ParameterSetName = ConfigurationSet)]
    [ArgumentCompleter(typeof(JournalFilesCompleter))]
    public string? ForwardJournalMaxFiles { get; set; }

    private JournalLimits Limits =>
        new(
            SizeOf(ForwardJournalMaxUse, "forward-journal-max-use"),
            SizeOf(ForwardJournalKeepFree, "forward-journal-keep-free"),
            SizeOf(ForwardJournalMaxFileSize, "forward-journal-max-file-size"),
            IsGiven(ForwardJournalMaxFiles) ? JournalLimits.ParseFiles(ForwardJournalMaxFiles) : null
        );

    private static ByteSize? SizeOf(string? text, string option) =>
        IsGiven(text) ? ByteSize.Parse(text, option, allowPowerShell: true) : null;
}
