using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace VmSpawn.Completion;

/// <summary>Completes a value from words known beforehand or looked up at that moment.</summary>
public abstract class WordCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters
    )
    {
        var typed = wordToComplete.Trim('\'', '"');
        return Candidates()
            .Where(candidate => candidate.Text.StartsWith(typed, StringComparison.OrdinalIgnoreCase))
            .Select(candidate => Result(candidate.Text, candidate.ToolTip));
    }

    /// <summary>One value, quoted where PowerShell would read it in another way.</summary>
    internal static CompletionResult Result(string text, string toolTip) =>
        new(Quote(text), text, CompletionResultType.ParameterValue, toolTip);

    /// <summary>What may stand there, and what it means.</summary>
    private protected abstract IEnumerable<(string Text, string ToolTip)> Candidates();

    private static string Quote(string word) =>
        word.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_' or '/' or ':' or '+')
            ? word
            : $"'{CodeGeneration.EscapeSingleQuotedStringContent(word)}'";
}
