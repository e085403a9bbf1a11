using CsCheck;
using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Errors;
using Xunit;

namespace VmSpawn.Engine.Tests.Configuration;

public sealed class CpuTopologyTests
{
    private static readonly string[] Words =
    [
        "cpus",
        "maxcpus",
        "sockets",
        "cores",
        "threads",
        "=",
        ",",
        "1",
        "2",
        "4",
        "0",
        "-",
        " ",
        "x",
    ];

    [Theory]
    [InlineData("1", 1)]
    [InlineData("255", 255)]
    [InlineData("cpus=4", 4)]
    [InlineData("2,sockets=1", 2)]
    [InlineData("4,maxcpus=8", 4)]
    [InlineData("4,sockets=2,cores=2", 4)]
    [InlineData("8,sockets=2,cores=2,threads=2", 8)]
    [InlineData("sockets=2,cores=3,threads=1", 6)]
    [InlineData("2,maxcpus=8,sockets=2,dies=2,cores=2,threads=1", 2)]
    public void Numbers_and_topologies_are_read_and_kept_word_for_word(string text, int count)
    {
        var cpus = CpuTopology.Parse(text);
        Assert.Equal(count, cpus.Count);
        Assert.Equal(text, cpus.Text);
    }

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("abc")]
    [InlineData("a,b")]
    [InlineData("cpus=0")]
    [InlineData("-2,sockets=1")]
    [InlineData("4sockets=2")]
    [InlineData("1,sockets=2,cores=2")]
    [InlineData("4,sockets=2,cores=2,threads=2")]
    [InlineData("8,maxcpus=4")]
    [InlineData("2,cores=")]
    [InlineData("2,cores=1,cores=1")]
    [InlineData("2,flavour=1")]
    [InlineData("4,")]
    [InlineData("99999999999")]
    [InlineData("04")]
    public void Impossible_cpus_are_an_error_with_the_value(string text)
    {
        var error = Assert.Throws<InvalidValueException>(() => CpuTopology.Parse(text));
        Assert.Equal("InvalidCpus", error.ErrorId);
        Assert.Contains(text, error.Message);
    }

    [Fact]
    public void Equal_texts_are_equal_values() => Assert.Equal(CpuTopology.Parse("4"), CpuTopology.FromCount(4));

    [Fact]
    public void Hostile_text_gives_cpus_or_a_typed_error() =>
        Gen.Int[0, Words.Length - 1]
            .Array[0, 12]
            .Select(indexes => string.Concat(indexes.Select(index => Words[index])))
            .Sample(text =>
            {
                try
                {
                    return CpuTopology.Parse(text).Count > 0;
                }
                catch (InvalidValueException)
                {
                    return true;
                }
            });
}
