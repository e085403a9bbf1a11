using System.Text;
using VmSpawn.Engine.Machines;
using Xunit;

namespace VmSpawn.Engine.Tests.Machines;

public sealed class OutputTextTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("one\n\n two \r\n", "one\ntwo")]
    [InlineData("\u001b[31mred\u001b[0m\a", "[31mred[0m")]
    public void Output_is_made_fit_to_be_quoted(string output, string expected) =>
        Assert.Equal(expected, OutputText.LastLines(Encoding.UTF8.GetBytes(output)));

    [Fact]
    public void Of_much_output_the_end_is_quoted()
    {
        var output = string.Join('\n', Enumerable.Range(0, 1000));

        Assert.Equal(
            Enumerable.Range(980, 20).Select(i => $"{i}"),
            OutputText.LastLines(Encoding.UTF8.GetBytes(output)).Split('\n')
        );
    }
}
