using CsCheck;
using VmSpawn.Shell.CommandLine;

namespace VmSpawn.Shell.Tests.CommandLine;

public sealed class ScriptArgumentsTests
{
    [Fact]
    public void A_name_is_a_parameter_and_the_next_word_a_value_by_itself() =>
        Assert.Equal([("-Name", null), (null, "x")], Parse("-Name", "x"));

    [Theory]
    [InlineData("-Name:x")]
    [InlineData("-Name:", "x")]
    public void A_colon_ties_the_value_to_the_name(params string[] words) =>
        Assert.Equal([("Name", "x")], Parse(words));

    [Theory]
    [InlineData("-Flag:$false", false)]
    [InlineData("-Flag:True", true)]
    [InlineData("-Flag:1", "1")]
    public void A_truth_value_after_a_colon_is_one(string word, object value) =>
        Assert.Equal([("Flag", value)], Parse(word));

    [Theory]
    [InlineData("-1")]
    [InlineData("-1.5")]
    [InlineData("--")]
    [InlineData("-")]
    [InlineData("")]
    [InlineData("a:b")]
    [InlineData("$x")]
    public void Everything_else_is_a_value(string word) => Assert.Equal([(null, word)], Parse(word));

    [Fact]
    public void No_word_is_lost() =>
        Gen.String[Gen.Char["-:$ aB1"], 0, 6]
            .Array[0, 6]
            .Sample(words =>
            {
                var told = Parse(words).Select(parameter => $"{parameter.Name}{parameter.Value}");
                Assert.Equal(Letters(string.Concat(words)), Letters(string.Concat(told)));
            });

    private static string Letters(string text) => new([.. text.Where(char.IsLetterOrDigit)]);

    private static (string? Name, object? Value)[] Parse(params string[] words) =>
        [.. ScriptArguments.Parse(words).Select(parameter => ((string?)parameter.Name, (object?)parameter.Value))];
}
