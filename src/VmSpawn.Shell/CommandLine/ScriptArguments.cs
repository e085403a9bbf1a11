using System.Management.Automation.Runspaces;

namespace VmSpawn.Shell.CommandLine;

/// <summary>Turns the words after a script's name into its parameters, as <c>pwsh -File</c> does.</summary>
internal static class ScriptArguments
{
    /// <summary>
    /// <c>-Name</c> becomes a parameter, whose value, if it takes one, is the next word; <c>-Name:value</c> and
    /// <c>-Name: value</c> belong together; everything else is a positional value and stays the text that it is.
    /// </summary>
    public static IEnumerable<CommandParameter> Parse(IReadOnlyList<string> words)
    {
        for (var i = 0; i < words.Count; i++)
        {
            var word = words[i];
            if (!IsName(word))
            {
                yield return new CommandParameter(null, word);
                continue;
            }

            var colon = word.IndexOf(':', StringComparison.Ordinal);
            if (colon < 0)
            {
                yield return new CommandParameter(word);
            }
            else if (colon < word.Length - 1)
            {
                yield return new CommandParameter(word[1..colon], Value(word[(colon + 1)..]));
            }
            else if (i + 1 < words.Count)
            {
                yield return new CommandParameter(word[1..colon], Value(words[++i]));
            }
            else
            {
                yield return new CommandParameter(word[..colon]);
            }
        }
    }

    /// <summary>A dash and then a letter, so that negative numbers and <c>--</c> stay values.</summary>
    private static bool IsName(string word) =>
        word.Length > 1 && word[0] == '-' && (char.IsLetter(word[1]) || word[1] is '_' or '?');

    /// <summary>Switches can be given a truth value; no other text is evaluated.</summary>
    private static object Value(string text) =>
        text.TrimStart('$').ToUpperInvariant() switch
        {
            "TRUE" => true,
            "FALSE" => false,
            _ => text,
        };
}
