using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace VmSpawn.Completion;

/// <summary>Completes <c>[FORMAT:][TYPE:]PATH</c>: the prefixes that are not there yet, then the path.</summary>
public sealed class DriveCompleter : IArgumentCompleter
{
    private static readonly (string Text, string ToolTip)[][] Prefixes =
    [
        DiskFormatCompleter.Formats,
        DiskTypeCompleter.Types,
    ];

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters
    )
    {
        var rest = wordToComplete.Trim('\'', '"');
        var given = "";
        var left = Prefixes.ToList();
        while (rest.Split(':', 2) is [var word, var behind] && left.Find(kind => Has(kind, word)) is { } known)
        {
            left.Remove(known);
            given += $"{word}:";
            rest = behind;
        }

        var words = left.SelectMany(kind => kind)
            .Where(word => word.Text.StartsWith(rest, StringComparison.OrdinalIgnoreCase))
            .Select(word => WordCompleter.Result($"{given}{word.Text}:", word.ToolTip));
        var paths = CompletionCompleters
            .CompleteFilename(rest)
            .Select(path => WordCompleter.Result(given + path.CompletionText.Trim('\'', '"'), path.ToolTip));
        return rest.Length == 0 ? words.Concat(paths) : paths.Concat(words);
    }

    private static bool Has((string Text, string ToolTip)[] kind, string word) =>
        Array.Exists(kind, candidate => candidate.Text == word);
}
