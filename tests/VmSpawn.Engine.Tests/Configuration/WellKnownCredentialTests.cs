using System.Text;
using CsCheck;
using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Errors;
using Xunit;

namespace VmSpawn.Engine.Tests.Configuration;

public sealed class WellKnownCredentialTests
{
    private const string Key =
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJxZ0Vn4cXrY0kVbG2xvY2tzYXJlZnVuYW5kZ2FtZXMx someone@somewhere";

    [Theory]
    [InlineData("web1")]
    [InlineData("web-1.example.org")]
    public void A_host_name_is_the_systems(string name) =>
        Assert.Equal(("system.hostname", name), Text(WellKnownCredential.HostName(name)));

    [Theory]
    [InlineData("")]
    [InlineData("-a")]
    [InlineData("a-")]
    [InlineData("a..b")]
    [InlineData("a_b")]
    [InlineData("ü")]
    [InlineData("a\n")]
    [InlineData("12345678901234567890123456789012345678901234567890123456789012345")]
    public void What_is_no_host_name_is_refused(string name) =>
        Assert.Equal(
            "InvalidHostname",
            Assert.Throws<InvalidValueException>(() => WellKnownCredential.HostName(name)).ErrorId
        );

    [Theory]
    [InlineData("UTC", true)]
    [InlineData("Europe/Berlin", true)]
    [InlineData("America/Argentina/Buenos_Aires", true)]
    [InlineData("Etc/GMT+3", true)]
    [InlineData("", false)]
    [InlineData("/UTC", false)]
    [InlineData("Europe/", false)]
    [InlineData("../etc", false)]
    [InlineData("a b", false)]
    public void A_time_zone_has_the_form_of_one(string name, bool valid)
    {
        if (valid)
        {
            Assert.Equal(("firstboot.timezone", name), Text(WellKnownCredential.TimeZone(name)));
        }
        else
        {
            Assert.Throws<InvalidValueException>(() => WellKnownCredential.TimeZone(name));
        }
    }

    [Theory]
    [InlineData("de_DE.UTF-8", true)]
    [InlineData("C", true)]
    [InlineData("sr_RS.UTF-8@latin", true)]
    [InlineData("", false)]
    [InlineData("de DE", false)]
    [InlineData("de_DE\n", false)]
    [InlineData("../x", false)]
    public void A_locale_has_the_form_of_one(string name, bool valid)
    {
        if (valid)
        {
            Assert.Equal(("firstboot.locale", name), Text(WellKnownCredential.Locale(name)));
        }
        else
        {
            Assert.Throws<InvalidValueException>(() => WellKnownCredential.Locale(name));
        }
    }

    [Fact]
    public void Public_keys_are_lines()
    {
        var (id, text) = Text(
            WellKnownCredential.AuthorizedKeys([$"  {Key}\n\n# mine", $"restrict,command=\"a b\" {Key}"])
        );

        Assert.Equal("ssh.authorized_keys.root", id);
        Assert.Equal($"{Key}\n# mine\nrestrict,command=\"a b\" {Key}\n", text);
    }

    [Theory]
    [InlineData(
        "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAABG5vbmU=\n-----END OPENSSH PRIVATE KEY-----"
    )]
    [InlineData("ssh-ed25519")]
    [InlineData("ssh-ed25519 hunter2==")]
    [InlineData("ssh-rsa AAAAC3NzaC1lZDI1NTE5AAAAIJxZ0Vn4cXrY0kVbG2xvY2tzYXJlZnVuYW5kZ2FtZXMx")]
    [InlineData("")]
    public void What_is_no_public_key_is_refused_and_not_shown(string text)
    {
        var error = Assert.Throws<InvalidValueException>(() => WellKnownCredential.AuthorizedKeys([text]));

        Assert.Equal("InvalidSshAuthorizedKey", error.ErrorId);
        Assert.DoesNotContain("b3Blb", $"{error.Message} {error.Target}");
        Assert.DoesNotContain("hunter2", $"{error.Message} {error.Target}");
    }

    [Theory]
    [InlineData("/etc/50-lan.network", "network.network.50-lan")]
    [InlineData("/br0.netdev", "network.netdev.br0")]
    [InlineData("/a.b.link", "network.link.a.b")]
    public void A_network_file_gives_its_credential_a_name(string path, string id) =>
        Assert.Equal(id, WellKnownCredential.NetworkFile(HostPath.Parse(path, "path")).Value);

    [Theory]
    [InlineData("/x/hello.service", "systemd.extra-unit.hello.service")]
    [InlineData("/x/hello@.service", "systemd.extra-unit.hello@.service")]
    [InlineData(@"/x/a\x2db.mount", @"systemd.extra-unit.a\x2db.mount")]
    public void A_unit_gives_its_credential_a_name(string path, string id) =>
        Assert.Equal(id, WellKnownCredential.ExtraUnit(HostPath.Parse(path, "path")).Value);

    [Theory]
    [InlineData("/x/hello")]
    [InlineData("/x/.service")]
    [InlineData("/x/.network")]
    [InlineData("/x/hel lo.txt")]
    [InlineData("/")]
    public void A_file_of_another_name_is_refused(string path)
    {
        var file = HostPath.Parse(path, "path");
        Assert.Equal(
            "InvalidNetworkFile",
            Assert.Throws<InvalidValueException>(() => WellKnownCredential.NetworkFile(file)).ErrorId
        );
        Assert.Equal(
            "InvalidExtraUnit",
            Assert.Throws<InvalidValueException>(() => WellKnownCredential.ExtraUnit(file)).ErrorId
        );
    }

    [Fact]
    public void Every_name_can_be_one() =>
        Assert.All(WellKnownCredential.Names, name => Assert.True(CredentialId.TryParse(name.Key, out _), name.Key));

    [Fact]
    public void Hostile_text_is_a_credential_or_a_typed_error() =>
        Gen.String[Gen.Char["a-._/@ \0\nüAAAAC3Nz=ssh\ud83d"], 0, 80]
            .Sample(text =>
            {
                foreach (
                    var make in (Func<CredentialSpec>[])
                        [
                            () => WellKnownCredential.HostName(text),
                            () => WellKnownCredential.TimeZone(text),
                            () => WellKnownCredential.Locale(text),
                            () => WellKnownCredential.AuthorizedKeys([text]),
                        ]
                )
                {
                    try
                    {
                        Assert.All(make().Content!.Value, value => Assert.InRange(value, (byte)1, (byte)255));
                    }
                    catch (InvalidValueException) { }
                }
            });

    private static (string Id, string Text) Text(CredentialSpec credential) =>
        (credential.Id.Value, Encoding.UTF8.GetString(credential.Content!.Value.AsSpan()));
}
