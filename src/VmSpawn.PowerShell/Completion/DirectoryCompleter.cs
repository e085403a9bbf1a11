using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace VmSpawn.Completion;

/// <summary>Completes a path with the directories of the file system, and nothing else.</summary>
public sealed class DirectoryCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters
    ) =>
        CompletionCompleters
            .CompleteFilename(wordToComplete)
            .Where(result => result.ResultType is CompletionResultType.ProviderContainer);
}
