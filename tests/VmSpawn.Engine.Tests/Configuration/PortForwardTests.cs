using System.Net;
using CsCheck;
using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Errors;
using Xunit;

namespace VmSpawn.Engine.Tests.Configuration;

public sealed class PortForwardTests
{
    [Theory]
    [InlineData("2222:22", "tcp:127.0.0.1:2222:22")]
    [InlineData("tcp:2222:22", "tcp:127.0.0.1:2222:22")]
    [InlineData("udp:53:53", "udp:127.0.0.1:53:53")]
    [InlineData("0.0.0.0:8080:80", "tcp:0.0.0.0:8080:80")]
    [InlineData("udp:192.0.2.7:1:65535", "udp:192.0.2.7:1:65535")]
    [InlineData("0080:080", "tcp:127.0.0.1:80:80")]
    public void What_is_left_out_is_tcp_at_this_host_only(string text, string expected) =>
        Assert.Equal(expected, PortForward.Parse(text).ToString());

    [Theory]
    [InlineData("")]
    [InlineData("22")]
    [InlineData(":22")]
    [InlineData("2222:")]
    [InlineData(":2222:22")]
    [InlineData("0:22")]
    [InlineData("2222:0")]
    [InlineData("65536:22")]
    [InlineData("2222:65536")]
    [InlineData("-1:22")]
    [InlineData("+1:22")]
    [InlineData(" 1:22")]
    [InlineData("0x16:22")]
    [InlineData("tcp:22")]
    [InlineData("TCP:2222:22")]
    [InlineData("sctp:2222:22")]
    [InlineData("localhost:2222:22")]
    [InlineData("127.1:2222:22")]
    [InlineData("1:2222:22")]
    [InlineData("127.0.0.01:2222:22")]
    [InlineData("256.0.0.1:2222:22")]
    [InlineData("[::1]:2222:22")]
    [InlineData("::1:2222:22")]
    [InlineData("tcp:udp:2222:22")]
    [InlineData("2222:22,hostfwd=tcp::1-:1")]
    public void What_QEMU_cannot_forward_is_an_error_with_the_value(string text)
    {
        var error = Assert.Throws<InvalidValueException>(() => PortForward.Parse(text));
        Assert.Equal("InvalidPortForward", error.ErrorId);
        Assert.Equal(text, error.Target);
        Assert.Contains("2222:22", error.Hint);
    }

    [Fact]
    public void An_IPv6_address_is_refused_in_words_of_its_own() =>
        Assert.Contains(
            "IPv4 addresses only",
            Assert.Throws<InvalidValueException>(() => PortForward.Parse("[::1]:2222:22")).Message
        );

    [Theory]
    [InlineData("1:1", "1:2", true)]
    [InlineData("1:1", "0.0.0.0:1:1", true)]
    [InlineData("0.0.0.0:1:1", "192.0.2.1:1:1", true)]
    [InlineData("1:1", "2:1", false)]
    [InlineData("1:1", "udp:1:1", false)]
    [InlineData("1:1", "192.0.2.1:1:1", false)]
    public void Two_meet_where_the_host_can_have_only_one(string one, string other, bool expected)
    {
        Assert.Equal(expected, PortForward.Parse(one).Meets(PortForward.Parse(other)));
        Assert.Equal(expected, PortForward.Parse(other).Meets(PortForward.Parse(one)));
    }

    [Fact]
    public void Every_forward_is_read_back() =>
        Gen.Select(Gen.Bool, Gen.Byte.Array[4], Gen.UShort[1, ushort.MaxValue], Gen.UShort[1, ushort.MaxValue])
            .Sample(
                (isUdp, address, host, guest) =>
                {
                    var text = $"{(isUdp ? "udp" : "tcp")}:{new IPAddress(address)}:{host}:{guest}";
                    var forward = PortForward.Parse(text);
                    return forward.ToString() == text
                        && forward == PortForward.Parse(forward.ToString())
                        && forward.HostPort == host
                        && forward.GuestPort == guest;
                }
            );

    [Fact]
    public void Hostile_text_is_a_forward_or_a_typed_error() =>
        Gen.String[Gen.Char["0123456789:.[]tcpudx,-= \n"], 0, 24]
            .Sample(text =>
            {
                try
                {
                    var forward = PortForward.Parse(text);
                    return forward.HostPort > 0 && forward == PortForward.Parse(forward.ToString());
                }
                catch (InvalidValueException e)
                {
                    return e.ErrorId == "InvalidPortForward";
                }
            });
}
