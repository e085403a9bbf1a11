using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;
using VmSpawn.Shell.Terminal;

namespace VmSpawn.Shell.Hosting;

/// <summary>What commands write and ask. Only errors go to standard error, as with <c>pwsh</c>.</summary>
internal sealed class ShellUserInterface(TerminalWriter writer, LineReader reader)
    : PSHostUserInterface,
        IHostUISupportsMultipleChoiceSelection
{
    public override PSHostRawUserInterface RawUI { get; } = new ShellRawUserInterface(writer);

    public override bool SupportsVirtualTerminal => writer.Traits.ColorsOutput;

    public override void Write(string value) => writer.Write(value);

    public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) =>
        writer.Write(foregroundColor, backgroundColor, value);

    public override void WriteLine(string value) => writer.Write(value + Environment.NewLine);

    public override void WriteErrorLine(string value) => writer.WriteError(value);

    public override void WriteDebugLine(string message) =>
        WriteTagged(PSStyle.Instance.Formatting.Debug, "DEBUG", message);

    public override void WriteVerboseLine(string message) =>
        WriteTagged(PSStyle.Instance.Formatting.Verbose, "VERBOSE", message);

    public override void WriteWarningLine(string message) =>
        WriteTagged(PSStyle.Instance.Formatting.Warning, "WARNING", message);

    public override void WriteProgress(long sourceId, ProgressRecord record) => writer.ShowProgress(sourceId, record);

    public IDisposable SuspendProgress() => writer.SuspendProgress();

    public override string ReadLine() => reader.ReadLine() ?? "";

    public override SecureString ReadLineAsSecureString() => reader.ReadSecret();

    public override Dictionary<string, PSObject> Prompt(
        string caption,
        string message,
        Collection<FieldDescription> descriptions
    ) => new FieldQuestions(writer, reader).Ask(caption, message, descriptions);

    public override int PromptForChoice(
        string caption,
        string message,
        Collection<ChoiceDescription> choices,
        int defaultChoice
    ) => new ChoiceQuestion(writer, reader, choices).AskForOne(caption, message, defaultChoice);

    public Collection<int> PromptForChoice(
        string? caption,
        string? message,
        Collection<ChoiceDescription> choices,
        IEnumerable<int>? defaultChoices
    ) => new ChoiceQuestion(writer, reader, choices).AskForSeveral(caption, message, [.. defaultChoices ?? []]);

    public override PSCredential PromptForCredential(
        string caption,
        string message,
        string userName,
        string targetName
    ) => new FieldQuestions(writer, reader).AskForCredential(caption, message, userName);

    public override PSCredential PromptForCredential(
        string caption,
        string message,
        string userName,
        string targetName,
        PSCredentialTypes allowedCredentialTypes,
        PSCredentialUIOptions options
    ) => new FieldQuestions(writer, reader).AskForCredential(caption, message, userName);

    private void WriteTagged(string style, string tag, string message) =>
        writer.Write($"{style}{tag}: {message}{PSStyle.Instance.Reset}{Environment.NewLine}");
}
