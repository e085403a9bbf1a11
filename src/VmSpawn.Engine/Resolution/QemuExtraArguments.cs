using System.Collections.Immutable;
using System.Text;
using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Host;

namespace VmSpawn.Engine.Resolution;

/// <summary>Arguments for QEMU from the environment (the spec, section 1.4).</summary>
internal static class QemuExtraArguments
{
    private const string Variable = "SYSTEMD_VMSPAWN_QEMU_EXTRA";

    /// <summary>The user's words, and those of the variable behind them.</summary>
    /// <exception cref="InvalidValueException">A quote is not closed, an escape is bad, or a word holds a NUL.</exception>
    public static ImmutableArray<string> Resolve(VmConfiguration configuration, IHost host)
    {
        var words = configuration.QemuArguments.AddRange(
            host.GetEnvironmentVariable(Variable) is { } text ? Split(text) : []
        );
        return words.FirstOrDefault(word => word.Contains('\0')) is { } broken
            ? throw ValueError.Create(
                "qemu-argument",
                broken,
                "an argument cannot contain a NUL",
                "Remove the character."
            )
            : words;
    }

    /// <summary>Splits at blanks; single and double quotes group, C escapes are decoded, in quotes as well.</summary>
    public static ImmutableArray<string> Split(string text)
    {
        var words = ImmutableArray.CreateBuilder<string>();
        List<byte>? word = null;
        var quote = '\0';
        var position = 0;
        while (position < text.Length)
        {
            var c = text[position];
            if (c == '\\')
            {
                word ??= [];
                if (!CEscape.TryDecodeOne(text, ref position, word))
                {
                    throw Invalid(text, "it has a bad escape");
                }

                continue;
            }

            if (quote == '\0' && c is ' ' or '\t' or '\n' or '\r')
            {
                Flush(words, ref word);
            }
            else if (c == quote)
            {
                quote = '\0';
            }
            else if (quote == '\0' && c is '"' or '\'')
            {
                quote = c;
                word ??= [];
            }
            else
            {
                var length = char.IsHighSurrogate(c) && position + 1 < text.Length ? 2 : 1;
                (word ??= []).AddRange(Encoding.UTF8.GetBytes(text.Substring(position, length)));
                position += length - 1;
            }

            position++;
        }

        if (quote != '\0')
        {
            throw Invalid(text, "a quote is not closed");
        }

        Flush(words, ref word);
        return words.ToImmutable();
    }

    private static void Flush(ImmutableArray<string>.Builder words, ref List<byte>? word)
    {
        if (word is not null)
        {
            words.Add(Encoding.UTF8.GetString([.. word]));
            word = null;
        }
    }

    private static InvalidValueException Invalid(string text, string reason) =>
        new("InvalidQemuExtra", Variable, text, reason, "Quote words with blanks, and double backslashes.");
}
