using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Host;
using VmSpawn.Engine.Tests.Fakes;
using Xunit;

namespace VmSpawn.Engine.Tests.Resolution;

/// <summary>Ports of the host that lead into the guest.</summary>
public sealed class PortForwardResolverTests
{
    private readonly Scenario _scenario = new();

    [Fact]
    public void A_forward_is_an_option_of_the_user_mode_network_and_a_fact_of_the_VM()
    {
        var plan = _scenario.Plan(Forwarding("2222:22", "udp:0.0.0.0:5353:53"));

        Assert.Equal(
            "user,model=virtio-net-pci,hostfwd=tcp:127.0.0.1:2222-:22,hostfwd=udp:0.0.0.0:5353-:53",
            Assert.Single(Scenario.ValuesOf(plan, "-nic"))
        );
        Assert.Equal(["tcp:127.0.0.1:2222:22", "udp:0.0.0.0:5353:53"], plan.Summary.PortForwards);
    }

    [Theory]
    [InlineData(NetworkMode.None, "Add -NetworkUserMode")]
    [InlineData(NetworkMode.Tap, "own address")]
    public void A_forward_needs_the_user_mode_network(NetworkMode network, string hint)
    {
        var error = AssertError(
            "PortForwardNeedsUserMode",
            VmErrorKind.ConflictingArguments,
            Forwarding("2222:22") with
            {
                Network = network,
            }
        );
        Assert.Contains(hint, error.Hint);
    }

    [Fact]
    public void Two_forwards_from_one_port_are_refused() =>
        Assert.Contains(
            "tcp:127.0.0.1:2222:22",
            AssertError(
                "PortForwardTwice",
                VmErrorKind.ConflictingArguments,
                Forwarding("2222:22", "0.0.0.0:2222:23")
            ).Message
        );

    [Theory]
    [InlineData(PortAvailability.InUse, "HostPortInUse", VmErrorKind.Busy)]
    [InlineData(PortAvailability.NotPermitted, "HostPortNotPermitted", VmErrorKind.PermissionDenied)]
    [InlineData(PortAvailability.NoSuchAddress, "HostAddressNotFound", VmErrorKind.InvalidArgument)]
    public void A_port_that_cannot_be_had_is_refused_before_QEMU_runs(
        PortAvailability availability,
        string id,
        VmErrorKind kind
    )
    {
        _scenario.Host.Ports[2222] = availability;

        var error = AssertError(id, kind, Forwarding("2221:21", "2222:22"));

        Assert.Equal("tcp:127.0.0.1:2222:22", error.Target);
        Assert.Contains("tcp:127.0.0.1:2222:22", error.Message);
    }

    private static VmConfiguration Forwarding(params string[] forwards) =>
        Scenario.FromKernel with
        {
            Network = NetworkMode.User,
            PortForwards = [.. forwards.Select(PortForward.Parse)],
        };

    private VmSpawnException AssertError(string id, VmErrorKind kind, VmConfiguration configuration)
    {
        var error = Assert.ThrowsAny<VmSpawnException>(() => _scenario.Resolve(configuration));
        Assert.Equal(id, error.ErrorId);
        Assert.Equal(kind, error.Kind);
        Assert.NotEmpty(error.Hint!);
        return error;
    }
}
