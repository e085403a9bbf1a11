using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Host;
using Xunit;

namespace VmSpawn.Engine.Tests.Host;

public sealed class VirtiofsdProbeTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("vmspawn-test-").FullName;
    private readonly string _path;

    public VirtiofsdProbeTests() => _path = Path.Combine(_directory, "virtiofsd");

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Theory]
    [InlineData("virtiofsd version 7.2.22 (Debian 1:7.2+dfsg-7+deb12u18)\nCopyright (c)", VirtiofsdKind.C, "7.2.22")]
    [InlineData("virtiofsd version 5.2.0", VirtiofsdKind.C, "5.2.0")]
    [InlineData("virtiofsd 1.13.2\n", VirtiofsdKind.Rust, "1.13.2")]
    [InlineData("virtiofsd backend 1.1.0", VirtiofsdKind.Rust, "1.1.0")]
    public void The_kind_is_in_the_first_line(string output, VirtiofsdKind kind, string version)
    {
        var program = VirtiofsdProbe.Parse("/v", output, "");

        Assert.Equal((kind, Version.Parse(version)), (program.Kind, program.Version));
    }

    [Fact]
    public void What_it_can_do_is_what_its_help_lists()
    {
        var old = VirtiofsdProbe.Parse("/v", "virtiofsd 1.4.0", "      --xattr\n      --announce-submounts\n");
        var current = VirtiofsdProbe.Parse(
            "/v",
            "virtiofsd 1.13.2",
            "      --readonly\n      --no-announce-submounts\n      --translate-uid <TRANSLATE_UID>\n"
        );

        Assert.False(old.TranslatesIds || old.RefusesWrites || old.AnnouncesSubmounts);
        Assert.True(current.TranslatesIds && current.RefusesWrites && current.AnnouncesSubmounts);
    }

    [Theory]
    [InlineData("#!/bin/sh\necho hello\n", "hello")]
    [InlineData("#!/bin/sh\necho broken >&2\nexit 3\n", "broken")]
    [InlineData("no program", "did not start")]
    public void A_program_that_is_something_else_is_named(string content, string expected)
    {
        Write(content);

        var failure = Assert.Throws<HostRequirementException>(() => VirtiofsdProbe.Of(_path));

        Assert.Equal("VirtiofsdNotUsable", failure.ErrorId);
        Assert.Contains(expected, failure.Message);
        Assert.Contains(_path, failure.Message);
    }

    [Fact]
    public void The_C_kind_is_known_by_what_it_says_to_ordinary_users()
    {
        Write("#!/bin/sh\necho 'setgroups() failed with error=1:Operation not permitted' >&2\nexit 1\n");

        var program = VirtiofsdProbe.Of(_path);

        Assert.Equal(VirtiofsdKind.C, program.Kind);
        Assert.False(program.TranslatesIds || program.RefusesWrites);
        Assert.Equal("the C one of QEMU", program.Description);
    }

    [Fact]
    public void A_program_is_asked_once()
    {
        Write($"#!/bin/sh\necho asked >>{_path}.log\necho virtiofsd 1.13.2\n");
        _ = VirtiofsdProbe.Of(_path);
        _ = VirtiofsdProbe.Of(_path);

        // For its version and for its options.
        Assert.Equal(2, File.ReadAllLines($"{_path}.log").Length);
    }

    [Fact]
    public void A_program_that_hangs_is_given_up()
    {
        Write("#!/bin/sh\nexec sleep 1000\n");
        var clock = System.Diagnostics.Stopwatch.StartNew();

        Assert.Contains("within 5 s", Assert.Throws<HostRequirementException>(() => VirtiofsdProbe.Of(_path)).Message);
        Assert.InRange(clock.Elapsed.TotalSeconds, 4, 15);
    }

    private void Write(string content)
    {
        File.WriteAllText(_path, content);
        File.SetUnixFileMode(_path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
