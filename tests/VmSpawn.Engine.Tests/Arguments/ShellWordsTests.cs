using CsCheck;
using VmSpawn.Engine.Arguments;
using VmSpawn.Engine.Errors;
using Xunit;

namespace VmSpawn.Engine.Tests.Arguments;

public class ShellWordsTests
{
    [Theory]
    [InlineData("a  b\tc", "a", "b", "c")]
    [InlineData("'a b' \"c d\" e\\ f", "a b", "c d", "e f")]
    [InlineData("'a'\"b\"c", "abc")]
    [InlineData("-a \"\" ''", "-a", "", "")]
    [InlineData("a \\\n  b", "a", "b")]
    [InlineData("a\\\nb", "ab")]
    [InlineData("a # rest $x '", "a")]
    [InlineData("a#b", "a#b")]
    [InlineData("\"a\\$b \\x \\\\ \\\"\"", "a$b \\x \\ \"")]
    [InlineData("'a\\n$x`'", "a\\n$x`")]
    [InlineData("--set-credential=id:\\$x", "--set-credential=id:$x")]
    [InlineData("   ")]
    public void Quoting_is_that_of_a_shell(string line, params string[] words) =>
        Assert.Equal(words, ShellWords.Split(line));

    [Theory]
    [InlineData("UnbalancedQuote", "a 'b")]
    [InlineData("UnbalancedQuote", "a \"b")]
    [InlineData("UnbalancedQuote", "a \\")]
    [InlineData("UnsupportedShellSyntax", "-i $IMAGE")]
    [InlineData("UnsupportedShellSyntax", "-i \"$IMAGE\"")]
    [InlineData("UnsupportedShellSyntax", "--private-users=$(id -u)")]
    [InlineData("UnsupportedShellSyntax", "-q; rm x")]
    [InlineData("UnsupportedShellSyntax", "-q | cat")]
    public void What_only_a_shell_can_resolve_is_an_error_and_not_text(string errorId, string line) =>
        Assert.Equal(errorId, Assert.Throws<CommandLineException>(() => ShellWords.Split(line)).ErrorId);

    [Fact]
    public void Any_words_survive_being_joined_and_split() =>
        Gen.String.Array.Sample(words => ShellWords.Split(ShellWords.Join(words)).SequenceEqual(words));

    [Fact]
    public void Any_text_is_split_or_refused_with_a_typed_error() =>
        Gen.String[Gen.Char["ab '\"\\$`#;\n\t-="], 0, 20]
            .Sample(line =>
            {
                try
                {
                    _ = ShellWords.Split(line);
                }
                catch (CommandLineException) { }
            });
}
