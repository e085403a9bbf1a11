using System.Text;
using CsCheck;
using VmSpawn.Engine.Notifications;
using Xunit;

namespace VmSpawn.Engine.Tests.Notifications;

/// <summary>Messages of guests, well-formed and not.</summary>
public sealed class NotifyMessageTests
{
    [Theory]
    [InlineData("READY=1", "READY=1")]
    [InlineData("READY=1\nSTATUS=Up and running\n", "READY=1|STATUS=Up and running")]
    [InlineData("STATUS=a=b=c", "STATUS=a=b=c")]
    [InlineData("STATUS=", "STATUS=")]
    [InlineData("", "")]
    [InlineData("\n\n=x\nlower=1\nREADY\n READY=1\nREADY =1\nX-Y=1", "")]
    [InlineData("garbage\nREADY=1\ngarbage", "READY=1")]
    public void Lines_that_assign_are_read_and_others_left_out(string text, string expected) =>
        Assert.Equal(
            expected,
            string.Join('|', NotifyMessage.Parse(Encoding.UTF8.GetBytes(text)).Select(one => $"{one.Key}={one.Value}"))
        );

    [Fact]
    public void What_is_no_text_is_read_all_the_same()
    {
        var field = Assert.Single(NotifyMessage.Parse([.. "STATUS=a\0b"u8, 0xff, 0xfe]));
        Assert.Equal("a\0b\ufffd\ufffd", field.Value);
    }

    [Fact]
    public void Any_bytes_can_be_read() =>
        Gen.Byte.Array[0, 200].Sample(bytes => NotifyMessage.Parse(bytes).TrueForAll(field => field.Key.Length > 0));

    [Fact]
    public void What_was_assigned_is_read_back() =>
        Gen.Select(Gen.Char["ABCXYZ019_"].Array[1, 20], Gen.String[Gen.Char[' ', '\u024f'], 0, 40])
            .Where((_, value) => !value.Any(char.IsControl))
            .Sample(
                (key, value) =>
                    NotifyMessage.Parse(Encoding.UTF8.GetBytes($"{new string(key)}={value}\n")).Single()
                    == new NotifyField(new string(key), value)
            );

    // What a guest with systemd 257 sends from its start to its end, one connection a line.
    [Theory]
    [InlineData("X_SYSTEMD_HOSTNAME=debian", false)]
    [InlineData("X_SYSTEMD_MACHINE_ID=3d1219c7c4c5404aaa1f6d2a48adfda4", true)]
    [InlineData("X_SYSTEMD_MACHINE_ID=3d1219c7c4c5404aaa1f6d2a", false)]
    [InlineData("X_SYSTEMD_SIGNALS_LEVEL=2", true)]
    [InlineData("X_SYSTEMD_UNIT_ACTIVE=ssh-access.target", true)]
    [InlineData("X_SYSTEMD_UNIT_INACTIVE=ssh-access.target", true)]
    [InlineData("X_SYSTEMD_UNIT_ACTIVE=ssh-acc", false)]
    [InlineData("READY=1", true)]
    [InlineData("READY=", false)]
    [InlineData("STATUS=Starting", false)]
    [InlineData("STATUS=Starting\n", true)]
    [InlineData("STATUS=Startup finished\nREADY=1", true)]
    [InlineData("X_SYSTEMD_SHUTDOWN=poweroff", true)]
    [InlineData("X_SYSTEMD_SHUTDOWN=power", false)]
    [InlineData("EXIT_STATUS=4", false)]
    [InlineData("EXIT_STA", false)]
    [InlineData("", false)]
    public void A_message_is_whole_when_nothing_can_follow(string text, bool isWhole) =>
        Assert.Equal(isWhole, NotifyMessage.IsWhole(Encoding.UTF8.GetBytes(text)));
}
