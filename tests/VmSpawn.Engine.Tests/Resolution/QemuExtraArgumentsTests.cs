using CsCheck;
using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Resolution;
using Xunit;

namespace VmSpawn.Engine.Tests.Resolution;

/// <summary>The words of the environment variable; what they mean in a plan is in <see cref="HelperResolutionTests"/>.</summary>
public sealed class QemuExtraArgumentsTests
{
    [Fact]
    public void Words_in_quotes_are_read_back() =>
        Gen.String[Gen.Char["ab '\"\\\n\té,=-"], 0, 12]
            .Array[0, 6]
            .Sample(words =>
                QemuExtraArguments
                    .Split(string.Join(' ', words.Select(Quoted)))
                    .SequenceEqual(words, StringComparer.Ordinal)
            );

    [Fact]
    public void Any_text_gives_words_or_a_typed_error_with_the_text() =>
        Gen.OneOf(Gen.String[Gen.Char["ab \t\n'\"\\xuUn01s\0é\ud83d\ude00"], 0, 24], Gen.String)
            .Sample(text =>
            {
                try
                {
                    return QemuExtraArguments.Split(text).Sum(word => word.Length) <= text.Length;
                }
                catch (InvalidValueException e)
                {
                    return (string?)e.Target == text;
                }
            });

    private static string Quoted(string word) =>
        $"\"{word.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
