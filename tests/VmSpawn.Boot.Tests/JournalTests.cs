using System.Text.RegularExpressions;
using VmSpawn.Engine.Host;
using VmSpawn.Engine.Journal;

namespace VmSpawn.Boot.Tests;

/// <summary>The journal of a real guest, received by the real <c>systemd-journal-remote</c> and read by the real <c>journalctl</c>.</summary>
public sealed partial class JournalTests(TinyGuest tiny, SystemdGuest guest)
    : IClassFixture<SystemdGuest>,
        IAsyncLifetime
{
    // The last line is written when the guest is about to end: it must not be lost on the way.
    private const string Script = """
        echo "<3>first line of the guest" | systemd-cat -t from-guest
        for i in $(seq 300); do echo "line $i"; done | systemd-cat -t from-guest
        echo "last line" | systemd-cat -t from-guest
        journalctl --sync
        systemctl poweroff
        """;

    private readonly Scene _scene = new(tiny);
    private readonly List<string> _warnings = [];

    private static CancellationToken Limit => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Theory]
    [InlineData("vm.journal")]
    [InlineData("journals/of-vms")]
    public async Task The_guests_lines_are_on_the_host_and_none_is_missing(string output)
    {
        RequirePrograms();
        using var daemon = guest.VhostDeviceVsockInPath();
        var path = Path.Join(_scene.Files, output);
        var machine = await _scene.StartAsync(
            guest.Boot("journal", SystemdGuest.ScriptArgument(Script)) with
            {
                ForwardJournal = HostPath.Parse(path, "forward-journal"),
            }
        );
        var followed = new List<JournalEntry>();
        var ended = _scene.Control.WaitAsync(machine.Name, WaitCondition.Exit, SystemdGuest.TimeToBoot, Limit);
        await Reader(path).FollowAsync(new JournalQuery(), followed.Add, ended, Limit);

        var record = await ended;
        Assert.True(record is { State: MachineState.Stopped, ExitStatus: 0 }, _scene.ConsoleOf(record));
        var read = new List<JournalEntry>();
        await Reader(record.Summary.Journal!).ReadAsync(new JournalQuery(), read.Add, Limit);
        Assert.Equal(read.Select(entry => entry.Cursor), followed.Select(entry => entry.Cursor));
        AssertLines(read.Where(entry => entry.Text("SYSLOG_IDENTIFIER") == "from-guest").ToList());
        // The guest's kernel and its first process have written, too.
        Assert.Contains(read, entry => entry.Text("_TRANSPORT") == "kernel");
        Assert.Contains(read, entry => entry.Text("_PID") == "1");
        Assert.Empty(_warnings);
        // It can be read by everybody who may read it, and goes on with the next VM: it is not damaged.
        await HostProgram.RunAsync("journalctl", "--verify", SourceOf(path));
    }

    [GeneratedRegex(@"^line (\d+)$")]
    private static partial Regex NumberedLine();

    private static void AssertLines(List<JournalEntry> lines)
    {
        Assert.Equal("first line of the guest", lines[0].Text("MESSAGE"));
        Assert.Equal("err", JournalPriority.NameOf(lines[0].Text("PRIORITY")));
        Assert.Equal("last line", lines[^1].Text("MESSAGE"));
        Assert.Equal(
            Enumerable.Range(1, 300).Select(number => $"{number}"),
            lines
                .Select(line => NumberedLine().Match(line.Text("MESSAGE")!))
                .Where(match => match.Success)
                .Select(match => match.Groups[1].Value)
        );
    }

    private static string SourceOf(string path) => Directory.Exists(path) ? $"--directory={path}" : $"--file={path}";

    private static void RequirePrograms()
    {
        Prerequisite.RequireProgram("journalctl", "systemd");
        Prerequisite.Require(
            Prerequisite.Find("systemd-journal-remote") is not null
                || File.Exists(((IHost)new LinuxHost()).JournalRemotePath),
            "systemd-journal-remote is not installed: install systemd-journal-remote, or run './pwshw build.ps1 Setup'."
        );
    }

    private JournalReader Reader(string path) => new(_scene.Host, path) { OnWarning = _warnings.Add };
}
