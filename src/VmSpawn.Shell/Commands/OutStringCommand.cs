using System.Management.Automation;
using VmSpawn.Shell.Hosting;
using VmSpawn.Shell.Terminal;

namespace VmSpawn.Shell.Commands;

/// <summary>
/// Objects as the text of their default view. The engine calls it by name to feed a program's standard input, so without
/// it <c>Get-VmSpawn | grep web</c> would fail.
/// </summary>
[Cmdlet(VerbsData.Out, "String")]
[OutputType(typeof(string))]
public sealed class OutStringCommand : PSCmdlet
{
    private readonly List<PSObject> pending = [];
    private readonly List<string> lines = [];

    /// <summary>The objects.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>Write each line by itself.</summary>
    [Parameter]
    public SwitchParameter Stream { get; set; }

    /// <summary>Columns of the text.</summary>
    [Parameter]
    [ValidateRange(2, int.MaxValue)]
    public int Width { get; set; }

    /// <summary>Takes an object; text goes on at once, since it has no view to wait for.</summary>
    protected override void ProcessRecord()
    {
        if (InputObject is null)
        {
            return;
        }

        if (InputObject.BaseObject is string text && pending.Count == 0)
        {
            Add(text.Split('\n'));
        }
        else
        {
            pending.Add(InputObject);
        }
    }

    /// <summary>Writes what had to wait.</summary>
    protected override void EndProcessing()
    {
        if (pending.Count > 0)
        {
            Add(View().TrimEnd('\n').Split('\n'));
        }

        if (!Stream)
        {
            WriteObject(string.Concat(lines.Select(line => line + Environment.NewLine)));
        }
    }

    private void Add(string[] added)
    {
        if (Stream)
        {
            WriteObject(added, enumerateCollection: true);
        }
        else
        {
            lines.AddRange(added);
        }
    }

    private string View()
    {
        using var text = new StringWriter();
        using var writer = new TerminalWriter(TerminalTraits.OfText(Width > 0 ? Width : null), text, text);
        var host = new ShellHost(
            new ShellUserInterface(writer, new LineReader(writer, nonInteractive: true, interruption: null))
        );
        using var shell = PowerShell.Create(RunspaceMode.CurrentRunspace);
        shell.AddCommand("Out-Default").Invoke(pending, new PSInvocationSettings { Host = host });
        return text.ToString();
    }
}
