using VmSpawn.Engine.Host;

namespace VmSpawn.Boot.Tests;

/// <summary>A whole Debian, booted from a directory with shared directories beside it, up to the point where it powers off.</summary>
public sealed class DirectoryBootTests(TinyGuest guest) : IAsyncLifetime
{
    // What systemd sets aside for containers; nobody on the machine has it.
    private const uint PrivateBase = 524288;

    // Twenty seconds on a quiet machine; emulated, and with two processors for all.
    private static readonly TimeSpan TimeToBoot = TimeSpan.FromMinutes(6);

    private const string Task = """
        set -x
        mkdir -p /srv/made
        echo kept >/srv/made/file
        chown 1000:1001 /srv/made/file
        echo out >/mnt/out/from-guest
        cat /mnt/in/note
        echo in >/mnt/in/from-guest
        mount -o remount,rw /mnt/in
        echo in >/mnt/in/from-guest-again
        rm /mnt/in/note
        systemctl is-active multi-user.target
        """;

    private readonly Scene _scene = new(guest);

    private static bool IsRoot => Environment.UserName == "root";

    private string In => Path.Join(_scene.Files, "in");

    private string Out => Path.Join(_scene.Files, "out");

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Theory]
    [InlineData("C")]
    [InlineData("Rust")]
    public async Task A_tree_boots_and_the_host_finds_what_the_guest_wrote(string kind)
    {
        using var program = await SharingProgram.UseAsync(Enum.Parse<VirtiofsdKind>(kind), _scene.Files);
        // Root's C one maps no ids; an ordinary user's tree belongs to subordinate ids with either.
        uint? owner = IsRoot ? (kind == "C" ? 0 : PrivateBase) : null;
        await using var tree = await MakeTreeAsync(owner);
        var (first, configuration) = Mapped(tree, owner);

        var ended = await BootAsync(configuration);

        var console = _scene.ConsoleOf(ended);
        AssertTaskDone(console, ended);
        Assert.Equal(
            $"{first + 1000}:{first + 1001} kept\n",
            await StatAsync($"{tree.Directory}/srv/made/file") + await ReadAsync($"{tree.Directory}/srv/made/file")
        );
        Assert.Equal(first == 0 ? "0:0 " : $"{first}:{first} ", await StatAsync($"{tree.Directory}/srv/made"));
    }

    [Fact]
    public async Task An_ephemeral_tree_stays_as_it_is_to_the_last_time_stamp()
    {
        await using var tree = await MakeTreeAsync(null);
        var before = await tree.FingerprintAsync();
        var (_, configuration) = Mapped(tree, IsRoot ? 0u : null);

        var ended = await BootAsync(configuration with { Ephemeral = true });

        AssertTaskDone(_scene.ConsoleOf(ended), ended);
        Assert.Equal(before, await tree.FingerprintAsync());
    }

    private static void AssertTaskDone(string console, MachineRecord ended)
    {
        Assert.True(ended.State is MachineState.Stopped && ended.ExitStatus == 0, $"{ended.Failure}\n{console}");
        Assert.Equal("guest-shutdown", ended.EndReason);
        Assert.Contains("Reached target", console);
        Assert.Contains("multi-user.target", console);
        Assert.Contains("+ systemctl is-active multi-user.target\r\nactive", console);
        Assert.Contains("a note of the host", console);
        Assert.Contains("cannot create /mnt/in/from-guest: Read-only file system", console);
        Assert.Contains("+ mount -o remount,rw /mnt/in", console);
        // Told to, the guest takes its mount for a writable one; the host is who refuses.
        Assert.Contains("cannot create /mnt/in/from-guest-again: Read-only file system", console);
        Assert.Contains("rm: cannot remove '/mnt/in/note': Read-only file system", console);
    }

    private async Task<DebianTree> MakeTreeAsync(uint? owner)
    {
        // Other ids than the caller's must reach what is in it.
        File.SetUnixFileMode(_scene.Files, (UnixFileMode)Convert.ToInt32("711", 8));
        Directory.CreateDirectory(In);
        Directory.CreateDirectory(Out);
        File.SetUnixFileMode(Out, (UnixFileMode)Convert.ToInt32("777", 8));
        await File.WriteAllTextAsync($"{In}/note", "a note of the host\n");
        await File.WriteAllTextAsync($"{In}/task", Task);
        return await DebianTree.MakeAsync(Path.Join(_scene.Files, "tree"), owner);
    }

    private (uint First, VmConfiguration Configuration) Mapped(DebianTree tree, uint? owner)
    {
        var configuration = new VmConfiguration
        {
            Name = MachineName.Parse("debian"),
            Directory = HostPath.Parse(tree.Directory, "directory"),
            Firmware = FirmwareChoice.None,
            Cpus = CpuTopology.FromCount(2),
            Ram = MemorySize.Parse("768M"),
            Tpm = Tristate.No,
            KernelArguments = [DebianTree.DoTask],
            Binds = [new BindMount(In, "/mnt/in", true), new BindMount(Out, "/mnt/out", false)],
        };
        if (owner is { } given)
        {
            return (
                given,
                given == 0 ? configuration : configuration with { PrivateUsers = IdMapping.Parse($"{given}") }
            );
        }

        // The binds of an ordinary user have the tree's ids too, or the C one could not serve them.
        var automatic = configuration with
        {
            AutomaticPrivateUsers = !IsRoot,
        };
        if (IsRoot)
        {
            return (0, automatic);
        }

        var root = _scene.Plan(automatic with { Binds = [] }).Decisions.Single(one => one.Subject == "private users");
        var ids = IdRange.Parse($"0:{root.Value}", "private-users");
        return (
            ids.Host,
            automatic with
            {
                Binds = [.. automatic.Binds.Select(bind => bind with { UidMap = [ids], GidMap = [ids] })],
            }
        );
    }

    private async Task<MachineRecord> BootAsync(VmConfiguration configuration)
    {
        var machine = await _scene.StartAsync(configuration);
        var ended = await _scene.Control.WaitAsync(
            machine.Name,
            WaitCondition.Exit,
            TimeToBoot,
            TestContext.Current.CancellationToken
        );
        Assert.Equal(["note", "task"], Names(In));
        Assert.Equal(["from-guest"], Names(Out));
        Assert.Equal("out\n", await File.ReadAllTextAsync($"{Out}/from-guest"));
        return ended;
    }

    private static IEnumerable<string> Names(string directory) =>
        Directory.EnumerateFileSystemEntries(directory).Select(path => Path.GetFileName(path)).Order();

    private static Task<string> StatAsync(string path) => HostProgram.RunAsync("stat", "--printf=%u:%g ", path);

    private static Task<string> ReadAsync(string path) => HostProgram.RunAsync("cat", path);
}
