using VmSpawn.Engine.Host;
using Xunit;

namespace VmSpawn.Engine.Tests.Host;

public sealed class ActivationEnvironmentTests
{
    private const int OwnId = 77;

    private static IEnumerable<string> Read(string? id, string? count, string? names, int closed = 0) =>
        ActivationEnvironment
            .Read(
                name =>
                    name switch
                    {
                        "LISTEN_PID" => id,
                        "LISTEN_FDS" => count,
                        "LISTEN_FDNAMES" => names,
                        _ => null,
                    },
                OwnId,
                number => number != closed
            )
            .Select(descriptor => $"{descriptor.Number}={descriptor.Name}");

    [Fact]
    public void Descriptors_begin_with_3_and_have_the_names_that_were_given() =>
        Assert.Equal(["3=kvm", "4=unknown", "5=unknown"], Read("77", "3", "kvm:"));

    [Fact]
    public void A_descriptor_that_is_not_open_does_not_count() =>
        Assert.Equal(["3=a", "5=c"], Read("77", "3", "a:b:c", closed: 4));

    [Theory]
    [InlineData(null, null)]
    [InlineData("78", "1")]
    [InlineData("77", "0")]
    [InlineData("77", "-1")]
    [InlineData("77", "x")]
    [InlineData("77", "1000000")]
    [InlineData("", "1")]
    public void Variables_that_are_broken_or_meant_for_another_process_say_nothing(string? id, string? count) =>
        Assert.Empty(Read(id, count, "kvm"));
}
