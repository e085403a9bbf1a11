using System.Diagnostics;
using VmSpawn.Engine.Host;
using Xunit;

namespace VmSpawn.Engine.Tests.Host;

/// <summary>A stand-in for QEMU plays each behaviour; <c>/dev/null</c> plays the device that opens.</summary>
public sealed class KvmProbeTests : IDisposable
{
    private const string Answers = """echo '{"QMP": {}}'; echo '{"return": {}}'; echo '{"return": {}}'""";

    private readonly TemporaryDirectory directory = new();

    public void Dispose() => directory.Dispose();

    private string RuntimeRoot => directory.PathOf("run");

    private DeviceAccess Probe(string qemu, string device = "/dev/null") =>
        new KvmProbe("x86_64", new KvmProbeCache(RuntimeRoot)) { Device = device }.Probe(qemu);

    [Fact]
    public void A_missing_device_is_not_usable_and_QEMU_is_not_even_asked()
    {
        var qemu = directory.WriteScript("qemu", $"touch {directory.PathOf("asked")}");

        var access = Probe(qemu, directory.PathOf("no-kvm"));

        Assert.False(access.Usable);
        Assert.Contains("does not exist", access.Reason);
        Assert.Contains("kvm_intel", access.Hint);
        Assert.False(File.Exists(directory.PathOf("asked")));
    }

    [Fact]
    public void A_device_that_may_not_be_opened_hints_at_the_group()
    {
        Assert.SkipWhen(Environment.IsPrivilegedProcess, "root may open everything");
        var device = directory.Write("kvm", "");
        File.SetUnixFileMode(device, UnixFileMode.None);

        var access = Probe("/bin/false", device);

        Assert.False(access.Usable);
        Assert.Contains("may not be opened", access.Reason);
        Assert.Contains("usermod -aG kvm", access.Hint);
    }

    [Fact]
    public void A_QEMU_that_starts_and_quits_when_told_makes_KVM_usable()
    {
        var access = Probe(directory.WriteScript("qemu", Answers));

        Assert.True(access.Usable);
    }

    [Fact]
    public void A_QEMU_that_aborts_makes_KVM_unusable_and_is_quoted_in_one_line()
    {
        var qemu = directory.WriteScript(
            "qemu",
            "echo \"qemu: error: failed to set MSR 0x10a\" >&2\necho \"qemu: second\" >&2\nkill -ABRT $$"
        );

        var access = Probe(qemu);

        Assert.False(access.Usable);
        Assert.EndsWith(": error: failed to set MSR 0x10a; second", access.Reason);
        Assert.NotNull(access.Hint);
    }

    [Fact]
    public void A_QEMU_that_ends_well_without_having_answered_does_not_make_KVM_usable()
    {
        var access = Probe(directory.WriteScript("qemu", "exit 0"));

        Assert.False(access.Usable);
        Assert.Contains("no message", access.Reason);
    }

    [Fact]
    public void The_answer_is_kept_until_QEMU_changes()
    {
        var count = directory.PathOf("count");
        var script = $"echo x >> {count}\n{Answers}";
        var qemu = directory.WriteScript("qemu", script);

        Assert.True(Probe(qemu).Usable);
        Assert.True(Probe(qemu).Usable);
        Assert.Single(File.ReadAllLines(count));
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite,
            File.GetUnixFileMode(Path.Join(RuntimeRoot, KvmProbeCache.FileName))
        );
        Assert.Single(Directory.GetFiles(RuntimeRoot));

        directory.WriteScript("qemu", script + "\nexit 0");
        Assert.True(Probe(qemu).Usable);
        Assert.Equal(2, File.ReadAllLines(count).Length);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    public void A_broken_cache_is_replaced(string content)
    {
        var qemu = directory.WriteScript("qemu", Answers);
        Assert.True(Probe(qemu).Usable);
        var cache = Path.Join(RuntimeRoot, KvmProbeCache.FileName);
        var good = File.ReadAllText(cache);
        File.WriteAllText(cache, content);

        Assert.True(Probe(qemu).Usable);
        Assert.Equal(good, File.ReadAllText(cache));
    }

    [Fact]
    public void A_QEMU_that_never_answers_is_ended_at_the_limit_and_asked_again_next_time()
    {
        var processId = directory.PathOf("pid");
        var qemu = directory.WriteScript("qemu", $"echo $$ > {processId}; exec sleep 60");
        var clock = Stopwatch.StartNew();

        var access = Probe(qemu);

        Assert.False(access.Usable);
        Assert.Contains("did not answer within 3 s", access.Reason);
        Assert.InRange(clock.Elapsed, KvmProbe.Limit, KvmProbe.Limit + TimeSpan.FromSeconds(1));
        Assert.False(Directory.Exists($"/proc/{File.ReadAllText(processId).Trim()}"));
        Assert.False(File.Exists(Path.Join(RuntimeRoot, KvmProbeCache.FileName)));
    }

    [Fact]
    public void This_host_gets_an_answer_with_a_reason()
    {
        var host = new LinuxHost(name =>
            name == "VMSPAWN_RUNTIME_DIRECTORY" ? RuntimeRoot : Environment.GetEnvironmentVariable(name)
        );
        var qemu = host.FindExecutable("qemu-system-" + host.Architecture);
        Assert.SkipWhen(qemu is null, "QEMU for this architecture is not installed");

        var first = host.ProbeKvm(qemu);
        var second = host.ProbeKvm(qemu);

        Assert.NotEmpty(first.Reason);
        Assert.Equal(first, second);
        Assert.NotEqual(first.Usable, first.Hint is not null);
        TestContext.Current.TestOutputHelper?.WriteLine($"KVM: {first}");
    }
}
