using System.Diagnostics;
using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Host;
using VmSpawn.Engine.Ssh;
using Xunit;

namespace VmSpawn.Engine.Tests.Ssh;

/// <summary>Keys, made and read by the real <c>ssh-keygen</c>.</summary>
public sealed class SshKeysTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly SshKeys _keys;

    public SshKeysTests()
    {
        Assert.SkipWhen(new LinuxHost().FindExecutable("ssh-keygen") is null, "ssh-keygen is not installed.");
        _keys = new SshKeys(
            new LinuxHost(name => name == "VMSPAWN_RUNTIME_DIRECTORY" ? Root : Environment.GetEnvironmentVariable(name))
        );
    }

    private string Root => _directory.PathOf("run");

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("ed25519", null, 256)]
    [InlineData("rsa", 2048, 2048)]
    [InlineData("ecdsa", 384, 384)]
    public void A_key_is_made_of_the_type_and_size_that_were_asked_for(string type, int? bits, int expected)
    {
        var key = _keys.Make(Request("key") with { Type = type, Bits = bits, Comment = "of a test" });

        Assert.Equal((type, expected), (key.Type, key.Bits));
        Assert.StartsWith("SHA256:", key.Fingerprint);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(key.Path));
        Assert.EndsWith("of a test", File.ReadAllText($"{key.Path}.pub").Trim());
        Assert.Equal(Keyword(File.ReadAllText($"{key.Path}.pub")), Keyword(key.PublicKey));
        Assert.Equal(key, _keys.Read(key.Path));
    }

    [Fact]
    public void A_key_without_a_path_is_where_nobody_else_looks_and_ends_with_the_process()
    {
        var key = _keys.Make(new SshKeyRequest());
        var store = new SshKeyStore(Root);

        Assert.True(store.Holds(key.Path));
        for (
            var directory = Path.GetDirectoryName(key.Path)!;
            directory != _directory.Root;
            directory = Path.GetDirectoryName(directory)!
        )
        {
            Assert.Equal(
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute,
                File.GetUnixFileMode(directory)
            );
        }

        store.Sweep();
        Assert.True(File.Exists(key.Path));
        store.RemoveOwn();
        Assert.False(File.Exists(key.Path));
    }

    [Fact]
    public void Keys_of_a_process_that_is_gone_are_swept()
    {
        using var process = Process.Start("/bin/true");
        process.WaitForExit();
        var left = _directory.Write($"run/.keys/{process.Id}-1/ed25519-x", "secret");
        var strange = _directory.Write("run/.keys/strange/x", "secret");
        File.SetUnixFileMode(Root, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        new SshKeyStore(Root).Sweep();

        Assert.False(File.Exists(left));
        Assert.False(File.Exists(strange));
    }

    [Theory]
    [InlineData("key")]
    [InlineData("key.pub")]
    public void Nothing_is_overwritten(string existing)
    {
        var file = _directory.Write(existing, "mine");

        Assert.Equal("SshKeyExists", ErrorOf(() => _keys.Make(Request("key"))));
        Assert.Equal("mine", File.ReadAllText(file));
    }

    [Fact]
    public void What_is_no_key_is_refused_with_the_words_of_ssh_keygen()
    {
        var text = _directory.Write("text", "this is no key");
        File.SetUnixFileMode(text, UnixFileMode.UserRead);
        Assert.Equal("SshKeyNotFound", ErrorOf(() => _keys.Read(_directory.PathOf("nowhere"))));
        Assert.Equal("SshKeyNotUsable", ErrorOf(() => _keys.Read(text)));
        Assert.Equal("SshKeyNotMade", ErrorOf(() => _keys.Make(Request("a") with { Type = "rot13" })));
        Assert.Equal("SshKeyNotMade", ErrorOf(() => _keys.Make(Request("missing/b"))));
    }

    [Fact]
    public void Of_a_key_with_a_passphrase_the_public_half_is_read_beside_it()
    {
        var path = _directory.PathOf("locked");
        Process.Start("ssh-keygen", ["-q", "-t", "ed25519", "-N", "geheim", "-C", "c", "-f", path]).WaitForExit();

        Assert.Equal(File.ReadAllText($"{path}.pub").Trim(), _keys.Read(path).PublicKey);
        File.Delete($"{path}.pub");
        Assert.Equal("SshKeyNotUsable", ErrorOf(() => _keys.Read(path)));
    }

    [Theory]
    [InlineData("ed25519", 256, "InvalidBits")]
    [InlineData("rsa", 512, "InvalidBits")]
    [InlineData("rsa", 100000, "InvalidBits")]
    [InlineData("ecdsa", 300, "InvalidBits")]
    [InlineData("ecdsa", 0, "InvalidBits")]
    public void Sizes_that_no_key_has_are_refused(string type, int bits, string errorId) =>
        Assert.Equal(errorId, ErrorOf(() => _keys.Make(Request("key") with { Type = type, Bits = bits })));

    [Fact]
    public void A_comment_is_one_line() =>
        Assert.Equal("InvalidComment", ErrorOf(() => _keys.Make(Request("key") with { Comment = "a\nssh-rsa B" })));

    [Theory]
    [InlineData("ssh-ed25519 AAAA me\n", "ssh-ed25519 AAAA me")]
    [InlineData("ssh-ed25519 AAAA", "ssh-ed25519 AAAA")]
    [InlineData("sk-ssh-ed25519@openssh.com AAAA a b c", "sk-ssh-ed25519@openssh.com AAAA a b c")]
    [InlineData("ssh-ed25519 AAAA\nssh-rsa BBBB", null)]
    [InlineData("command=\"x\" ssh-ed25519 AAAA", null)]
    [InlineData("ssh-ed25519 not*base64", null)]
    [InlineData("ssh-ed25519", null)]
    [InlineData("", null)]
    public void A_public_key_is_a_type_and_base64(string text, string? expected) =>
        Assert.Equal(expected, PublicKeyLine.Parse(text));

    private static string Keyword(string publicKey) => publicKey.Split(' ')[1].Trim();

    private static string ErrorOf(Func<SshKeyFile> work) => Assert.ThrowsAny<VmSpawnException>(work).ErrorId;

    private SshKeyRequest Request(string name) => new() { Path = HostPath.Parse(_directory.PathOf(name), "path") };
}
