using System.Diagnostics;
using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Host;
using Xunit;

namespace VmSpawn.Engine.Tests.Host;

public sealed class PasswordHashTests
{
    [Fact]
    public void A_hash_is_salted_and_of_a_kind_that_logins_check()
    {
        var hash = PasswordHash.Create("pässword");

        Assert.Matches(@"^\$(y|6)\$", hash);
        Assert.NotEqual(hash, PasswordHash.Create("pässword"));
        Assert.DoesNotContain("ssword", hash);
    }

    // perl's crypt is the C library's; it takes the hash as the setting and must give it back.
    [Fact]
    public void Another_program_finds_the_password_right()
    {
        var hash = PasswordHash.Create("pässword");
        Process? perl = null;
        try
        {
            perl = Process.Start(
                new ProcessStartInfo("perl", ["-e", "print crypt($ARGV[0], $ARGV[1])", "pässword", hash])
                {
                    UseShellExecute = false,
                    RedirectStandardOutput = true,
                }
            );
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("There is no perl to check the hash with.");
        }

        using (perl)
        {
            Assert.Equal(hash, perl!.StandardOutput.ReadToEnd());
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("a\0b")]
    public void What_can_be_no_password_is_refused(string password) =>
        Assert.Equal(
            "InvalidRootPassword",
            Assert.Throws<InvalidValueException>(() => PasswordHash.Create(password)).ErrorId
        );

    [Fact]
    public void One_that_libcrypt_refuses_is_not_shown()
    {
        var error = Assert.Throws<InvalidValueException>(() => PasswordHash.Create(new string('x', 100_000)));

        Assert.DoesNotContain("xxx", $"{error.Message} {error.Target}");
    }

    [Fact]
    public void A_system_without_libcrypt_is_told_what_to_install()
    {
        var error = Assert.Throws<HostRequirementException>(() => PasswordHash.Create("a", ["libnone.so.9"]));

        Assert.Equal("LibcryptNotFound", error.ErrorId);
        Assert.Contains("libxcrypt", error.Hint);
    }
}
