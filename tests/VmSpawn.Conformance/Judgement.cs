using System.Collections.Immutable;
using VmSpawn.Conformance.Cases;
using VmSpawn.Conformance.Facts;
using VmSpawn.Engine.Arguments;

namespace VmSpawn.Conformance;

/// <summary>Weighs what came of a case against what it expects.</summary>
internal static class Judgement
{
    public static IEnumerable<string> Problems(Expectation expectation, Outcome outcome)
    {
        // Its words say what is missing in us, so they could match by accident.
        if (outcome.Error?.ErrorId == CommandLineConfiguration.OptionNotSupported)
        {
            return [outcome.Error.Message];
        }

        if (!expectation.Succeeds)
        {
            return outcome.Error is { } error ? MissingWords(expectation.ErrorWords, error.Message)
                : expectation.FailsAtStart ? FactComparer.Compare(expectation.Facts, outcome.Facts)
                : ["made a plan, and should fail"];
        }

        if (outcome.Error is { } unexpected)
        {
            return expectation.AcceptableErrorWords is { } words && !MissingWords(words, unexpected.Message).Any()
                ? []
                : [$"failed ({unexpected.ErrorId}: {unexpected.Message}), and should succeed"];
        }

        return FactComparer.Compare(expectation.Facts, outcome.Facts);
    }

    public static IEnumerable<string> MissingWarnings(Expectation expectation, Outcome outcome) =>
        outcome.Error is null
        && !expectation.WarningWords.IsEmpty
        && !outcome.Warnings.Any(warning => !MissingWords(expectation.WarningWords, warning).Any())
            ? [$"no warning has the words {string.Join(", ", expectation.WarningWords)}"]
            : [];

    private static IEnumerable<string> MissingWords(ImmutableArray<string> words, string message) =>
        words
            .Where(word => !message.Contains(word, StringComparison.OrdinalIgnoreCase))
            .Select(word => $"the error lacks '{word}': {message}");
}
