using System.Text;
using CsCheck;
using VmSpawn.Engine.Planning;
using VmSpawn.Engine.Systemd;
using Xunit;

namespace VmSpawn.Engine.Tests.Systemd;

public sealed class VarlinkMessageTests
{
    private static readonly PlannedMachine Machine = new()
    {
        Name = "web",
        Service = "vmspawn",
        Socket = "/run/systemd/machine/io.systemd.Machine",
        IsRequired = false,
    };

    [Fact]
    public void A_call_holds_what_is_known_and_ends_with_a_nul() =>
        Assert.Equal(
            """{"method":"io.systemd.Machine.Register","parameters":{"name":"web","service":"vmspawn","class":"vm","leader":4711}}"""
                + "\0",
            Encoding.UTF8.GetString(VarlinkMessage.Register(Machine, 4711))
        );

    [Fact]
    public void A_call_holds_everything()
    {
        var machine = Machine with
        {
            Id = "0123456789abcdef0123456789abcdef",
            RootDirectory = "/srv/tree",
            VsockCid = 4294967293,
            SshAddress = "vsock/4294967293",
            SshPrivateKeyPath = "/run/vmspawn/web/ssh-key",
        };

        Assert.Equal(
            """{"method":"io.systemd.Machine.Register","parameters":{"name":"web","id":"0123456789abcdef0123456789abcdef","service":"vmspawn","class":"vm","leader":1,"rootDirectory":"/srv/tree","vSockCid":4294967293,"sshAddress":"vsock/4294967293","sshPrivateKeyPath":"/run/vmspawn/web/ssh-key"}}"""
                + "\0",
            Encoding.UTF8.GetString(VarlinkMessage.Register(machine, 1))
        );
    }

    // Recorded from systemd-machined 257.
    [Theory]
    [InlineData("""{"parameters":{}}""", null)]
    [InlineData("{}", null)]
    [InlineData("""{"error":"io.systemd.Machine.MachineExists","parameters":{}}""", "io.systemd.Machine.MachineExists")]
    [InlineData(
        """{"error":"org.varlink.service.InvalidParameter","parameters":{"parameter":"vSockCid"}}""",
        """org.varlink.service.InvalidParameter {"parameter":"vSockCid"}"""
    )]
    public void Replies_are_read(string reply, string? expected)
    {
        Assert.True(VarlinkMessage.TryReadReply(Encoding.UTF8.GetBytes(reply), out var error));
        Assert.Equal(expected, error);
    }

    [Theory]
    [InlineData("org.varlink.service.MethodNotFound {}", true)]
    [InlineData("org.varlink.service.InterfaceNotFound {}", true)]
    [InlineData("org.varlink.service.InvalidParameter {}", true)]
    [InlineData("org.varlink.service.PermissionDenied", false)]
    [InlineData("io.systemd.Machine.MachineExists", false)]
    public void Some_errors_say_that_another_way_must_be_taken(string error, bool expected) =>
        Assert.Equal(expected, VarlinkMessage.IsNotImplemented(error));

    [Fact]
    public void Any_bytes_are_a_reply_or_none() =>
        Gen.OneOf(
                Gen.Byte.Array[0, 40],
                Gen.Char["{}[]\"error:,parmts1 "].Array[0, 30].Select(letters => Encoding.UTF8.GetBytes(letters))
            )
            .Sample(bytes =>
            {
                _ = VarlinkMessage.TryReadReply(bytes, out _);
            });
}
