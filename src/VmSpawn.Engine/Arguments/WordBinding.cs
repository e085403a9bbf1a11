using System.Collections.Immutable;

namespace VmSpawn.Engine.Arguments;

/// <summary>An option that takes one of a few words, in exactly this spelling.</summary>
/// <param name="parameter">Name of the parameter.</param>
/// <param name="words">
/// The option's words, each with the parameter's value for it; an empty value means that the word is the
/// parameter's absence.
/// </param>
internal sealed class WordBinding(string parameter, params ImmutableArray<(string Word, string Value)> words)
    : OptionBinding
{
    public override string Parameter => parameter;

    public override void Apply(ParameterList parameters, string option, string? value)
    {
        foreach (var (word, meaning) in words)
        {
            if (word != value)
            {
                continue;
            }

            if (meaning.Length == 0)
            {
                parameters.Remove(parameter);
            }
            else
            {
                parameters.Set(parameter, meaning);
            }

            return;
        }

        throw OptionGrammar.Invalid(
            option,
            value!,
            "it is none of the option's words",
            $"Write one of {string.Join(", ", words.Select(entry => $"'{entry.Word}'"))}."
        );
    }

    public override IEnumerable<string> Write(string option, object value)
    {
        var text = ParameterText.Of(value);
        var known = words.FirstOrDefault(entry =>
            entry.Value.Equals(text, StringComparison.OrdinalIgnoreCase)
            || entry.Word.Equals(text, StringComparison.OrdinalIgnoreCase)
        );
        return known.Word is null ? [$"--{option}={text}"]
            : known.Value.Length == 0 ? []
            : [$"--{option}={known.Word}"];
    }
}
