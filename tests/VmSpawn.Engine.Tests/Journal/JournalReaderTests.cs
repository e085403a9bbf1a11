using System.Diagnostics;
using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Host;
using VmSpawn.Engine.Journal;
using Xunit;

namespace VmSpawn.Engine.Tests.Journal;

/// <summary>Reading journals that <c>systemd-journal-remote</c> wrote with the real <c>journalctl</c>; and with a dummy one.</summary>
public sealed class JournalReaderTests : IDisposable
{
    private readonly TemporaryDirectory _files = new();
    private readonly LinuxHost _host = new();
    private readonly List<JournalEntry> _entries = [];
    private readonly List<string> _warnings = [];

    private static CancellationToken Limit => TestContext.Current.CancellationToken;

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task Entries_are_chosen_by_unit_priority_time_and_number()
    {
        var path = await WriteAsync("vm.journal", Enumerable.Range(0, 20));

        Assert.Equal(20, await CountAsync(path, new JournalQuery()));
        Assert.Equal(10, await CountAsync(path, new JournalQuery { Units = ["even.service"] }));
        Assert.Equal(20, await CountAsync(path, new JournalQuery { Units = ["even.service", "od*.service"] }));
        Assert.Equal(5, await CountAsync(path, new JournalQuery { Priority = JournalPriority.Parse("ERR") }));
        Assert.Equal(3, await CountAsync(path, new JournalQuery { Last = 3 }));
        Assert.Equal(0, await CountAsync(path, new JournalQuery { Last = 0 }));
        Assert.Equal(
            ["line 7", "line 8", "line 9"],
            await MessagesAsync(path, new JournalQuery { Since = TimeOf(7), Until = TimeOf(9) })
        );
    }

    [Theory]
    [InlineData("plain.journal")]
    [InlineData("a [b]*\\c?.journal")]
    public async Task A_path_means_itself(string name) =>
        Assert.Equal(2, await CountAsync(await WriteAsync(name, Enumerable.Range(0, 2)), new JournalQuery()));

    [Fact]
    public async Task A_directory_is_read_with_all_its_files()
    {
        await WriteAsync("a.journal", Enumerable.Range(0, 2));
        await WriteAsync("b.journal", Enumerable.Range(2, 2));

        Assert.Equal(["line 0", "line 1", "line 2", "line 3"], await MessagesAsync(_files.Root, new JournalQuery()));
    }

    [Fact]
    public async Task An_empty_directory_has_no_entries_and_no_warnings()
    {
        RequireJournalctl();
        Assert.Equal(0, await CountAsync(_files.Root, new JournalQuery()));
        Assert.Empty(_warnings);
    }

    [Fact]
    public async Task A_journal_that_is_not_there_or_is_none_is_an_error()
    {
        RequireJournalctl();
        var missing = Path.Join(_files.Root, "missing.journal");
        Assert.Equal("JournalNotFound", (await FailsAsync(missing)).ErrorId);

        var error = await FailsAsync(_files.Write("no.journal", "this is no journal at all"));
        Assert.Equal("JournalNotReadable", error.ErrorId);
        Assert.Contains("no.journal", error.Message);
    }

    [Fact]
    public async Task Lines_that_are_no_entries_are_left_out_with_a_warning()
    {
        var host = HostWith("""echo '{"__CURSOR":"a","__REALTIME_TIMESTAMP":"1"}'; echo nonsense; echo oh >&2""");

        await Reader(host, _files.Root).ReadAsync(new JournalQuery(), _entries.Add, Limit);

        Assert.Single(_entries);
        Assert.Equal(2, _warnings.Count);
        Assert.Contains("left out", _warnings[0]);
        Assert.Equal("journalctl: oh", _warnings[1]);
    }

    [Fact]
    public async Task Without_journalctl_there_is_an_error_that_names_the_package()
    {
        var host = new LinuxHost(name => name == "PATH" ? _files.Root : null);

        var error = await Assert.ThrowsAsync<HostRequirementException>(() =>
            Reader(host, _files.Root).ReadAsync(new JournalQuery(), _entries.Add, Limit)
        );

        Assert.Equal("JournalctlNotFound", error.ErrorId);
        Assert.Contains("systemd", error.Hint);
    }

    [Fact]
    public async Task Giving_up_ends_the_child()
    {
        var mark = Path.Join(_files.Root, "pid");
        var host = HostWith($"echo $$ > {mark}.new; mv {mark}.new {mark}; exec sleep 600");
        using var stop = new CancellationTokenSource();
        var reading = Reader(host, _files.Root).ReadAsync(new JournalQuery(), _entries.Add, stop.Token);
        while (!File.Exists(mark))
        {
            await Task.Delay(5, Limit);
        }

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);

        Assert.Throws<ArgumentException>(() => Process.GetProcessById(int.Parse(File.ReadAllText(mark))));
    }

    [Fact]
    public async Task Following_goes_on_until_the_writer_ends_and_misses_nothing()
    {
        var path = Path.Join(_files.Root, "vm.journal");
        var ended = new TaskCompletionSource();
        RequireJournalRemote();
        var following = Reader(_host, path).FollowAsync(new JournalQuery(), _entries.Add, ended.Task, Limit);
        await Task.Delay(50, Limit);
        await WriteAsync("vm.journal", Enumerable.Range(0, 50));
        while (_entries.Count < 50)
        {
            await Task.Delay(10, Limit);
        }

        await WriteAsync("vm.journal", Enumerable.Range(50, 50));
        ended.SetResult();
        await following;

        Assert.Equal(
            Enumerable.Range(0, 100).Select(number => $"line {number}"),
            _entries.Select(entry => entry.Text("MESSAGE"))
        );
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task Following_begins_with_so_many_of_the_last_entries(int count)
    {
        var path = await WriteAsync("vm.journal", Enumerable.Range(0, 5));
        var ended = new TaskCompletionSource();
        var following = Reader(_host, path)
            .FollowAsync(new JournalQuery { Last = count }, _entries.Add, ended.Task, Limit);
        // So long that it has looked once.
        await Task.Delay(TimeSpan.FromSeconds(2), Limit);
        await WriteAsync("vm.journal", Enumerable.Range(5, 2));
        ended.SetResult();
        await following;

        Assert.Equal(
            Enumerable.Range(5 - count, 2 + count).Select(number => $"line {number}"),
            _entries.Select(entry => entry.Text("MESSAGE"))
        );
    }

    [Theory]
    [InlineData("err", 3)]
    [InlineData("Debug", 7)]
    [InlineData("0", 0)]
    public void A_priority_is_a_name_or_a_number(string text, int number) =>
        Assert.Equal(number, JournalPriority.Parse(text));

    [Theory]
    [InlineData("8")]
    [InlineData("urgent")]
    [InlineData("-1")]
    public void Anything_else_is_no_priority(string text) =>
        Assert.Equal(
            "InvalidPriority",
            Assert.Throws<InvalidValueException>(() => JournalPriority.Parse(text)).ErrorId
        );

    private static DateTimeOffset TimeOf(int number) => DateTimeOffset.FromUnixTimeSeconds(1700000000 + number);

    private static void RequireJournalctl() =>
        Assert.SkipUnless(
            new LinuxHost().FindExecutable("journalctl") is not null,
            "There is no journalctl: install systemd."
        );

    private string RequireJournalRemote()
    {
        RequireJournalctl();
        var program = _host.FindExecutable("systemd-journal-remote") ?? ((IHost)_host).JournalRemotePath;
        Assert.SkipUnless(
            File.Exists(program),
            "There is no systemd-journal-remote: install systemd-journal-remote, or run './pwshw build.ps1 Setup'."
        );
        return program;
    }

    // Every fourth is an error.
    private async Task<string> WriteAsync(string name, IEnumerable<int> numbers)
    {
        var path = Path.Join(_files.Root, name);
        var start = new ProcessStartInfo(RequireJournalRemote(), ["--output", path, "--split-mode", "none", "-"])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var words = process.StandardError.ReadToEndAsync(Limit);
        foreach (var number in numbers)
        {
            await process.StandardInput.WriteAsync(
                $"__REALTIME_TIMESTAMP={1700000000 + number}000000\n__MONOTONIC_TIMESTAMP={number + 1}\n"
                    + "_BOOT_ID=0123456789abcdef0123456789abcdef\n_MACHINE_ID=0123456789abcdef0123456789abcdee\n"
                    + $"PRIORITY={(number % 4 == 0 ? 3 : 6)}\n_SYSTEMD_UNIT={(number % 2 == 0 ? "even" : "odd")}.service\n"
                    + $"MESSAGE=line {number}\n\n"
            );
        }

        process.StandardInput.Close();
        await process.WaitForExitAsync(Limit);
        Assert.True(process.ExitCode == 0, await words);
        return path;
    }

    private LinuxHost HostWith(string script)
    {
        var directory = Path.GetDirectoryName(_files.WriteScript("bin/journalctl", script));
        return new LinuxHost(name => name == "PATH" ? $"{directory}:/usr/bin:/bin" : null);
    }

    private JournalReader Reader(LinuxHost host, string path) => new(host, path) { OnWarning = _warnings.Add };

    private async Task<List<string?>> MessagesAsync(string path, JournalQuery query)
    {
        _entries.Clear();
        await Reader(_host, path).ReadAsync(query, _entries.Add, Limit);
        return [.. _entries.Select(entry => entry.Text("MESSAGE"))];
    }

    private async Task<int> CountAsync(string path, JournalQuery query) => (await MessagesAsync(path, query)).Count;

    private Task<VmSpawnException> FailsAsync(string path) =>
        Assert.ThrowsAnyAsync<VmSpawnException>(() =>
            Reader(_host, path).ReadAsync(new JournalQuery(), _entries.Add, Limit)
        );
}
