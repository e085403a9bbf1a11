using System.Management.Automation;
using System.Text.RegularExpressions;
using VmSpawn.Engine.Errors;
using VmSpawn.PowerShell.Tests.Fakes;
using VmSpawn.PowerShell.Tests.Hosting;
using VmSpawn.Services;
using Entry = VmSpawn.Engine.Journal.JournalEntry;

namespace VmSpawn.PowerShell.Tests.Commands;

public sealed class GetVmJournalTests : IDisposable
{
    private readonly TestShell _shell = new();
    private JournalRequest? _request;

    public GetVmJournalTests()
    {
        var forwarding = Samples.Running("a");
        _shell.Engine.Add(forwarding with { Summary = forwarding.Summary with { Journal = "/log/a.journal" } });
        _shell.Engine.Add(Samples.Running("b"));
        _shell.Engine.Journal = (request, onEntry, _, _) =>
        {
            _request = request;
            onEntry(Make("3", "oh \e[31mno"));
            return Task.CompletedTask;
        };
    }

    public void Dispose() => _shell.Dispose();

    [Fact]
    public void An_entry_is_an_object_with_what_people_look_for()
    {
        var entry = _shell.Run("Get-VmSpawn a | Get-VmJournal").Single<JournalEntry>();

        Assert.Equal("/log/a.journal", _request!.Path);
        Assert.Equal(Samples.Start.LocalDateTime, entry.Time);
        Assert.Equal(
            ("ssh.service", "sshd", "err", 812),
            (entry.Unit, entry.Identifier, entry.Priority, entry.ProcessId)
        );
        Assert.Equal(("oh \e[31mno", "guest", "b0"), (entry.Message, entry.HostName, entry.BootId));
        Assert.Equal<byte>([0, 1], Assert.IsType<byte[]>(entry.Fields["BLOB"]));
    }

    [Fact]
    public void A_vm_that_forwards_nothing_is_an_error_if_it_was_named_and_none_if_a_pattern_fits_it()
    {
        var error = _shell.Run("Get-VmJournal b").SingleError();
        Assert.StartsWith("JournalNotForwarded,", error.FullyQualifiedErrorId);
        Assert.Equal("b", error.TargetObject);

        var result = _shell.Run("Get-VmJournal *");
        Assert.Empty(result.Errors);
        Assert.Single(result.Output);
    }

    [Fact]
    public void Parameters_reach_the_query()
    {
        _shell.Run(
            "Get-VmJournal a -Unit a.service, b* -Priority warning -Since '2026-01-02T03:04:05Z' -Until '2026-01-03T00:00:00Z' -Last 5"
        );

        Assert.Equal(["a.service", "b*"], _request!.Query.Units);
        Assert.Equal((4, 5), (_request.Query.Priority, _request.Query.Last));
        Assert.Equal(Samples.Start, _request.Query.Since);
        Assert.Equal(new DateTimeOffset(2026, 1, 3, 0, 0, 0, TimeSpan.Zero), _request.Query.Until);
        Assert.False(_request.Follow);
    }

    [Fact]
    public void A_vm_is_followed_until_it_ends_and_a_path_until_somebody_stops()
    {
        _shell.Run("Get-VmJournal a -Follow");
        Assert.Equal((true, "a"), (_request!.Follow, _request.Machine));

        _shell.Run("Get-VmJournal -Path a.journal -Follow");
        Assert.Equal((true, null), (_request.Follow, _request.Machine));
        Assert.Equal(Path.Join(_shell.Directory.FullName, "a.journal"), _request.Path);
    }

    [Theory]
    [InlineData("-Priority urgent", "InvalidPriority", "urgent")]
    [InlineData("-Follow -Until 2026-01-01", "JournalFollowUntil", "2026")]
    public void A_bad_value_ends_the_command_with_an_error_of_its_own(string arguments, string errorId, string value)
    {
        var error = _shell.Catch($"Get-VmJournal a {arguments}");

        Assert.StartsWith($"{errorId},", error.FullyQualifiedErrorId);
        Assert.Contains(value, error.ToString());
        Assert.NotEqual("", error.ErrorDetails.RecommendedAction);
    }

    [Fact]
    public void What_cannot_be_read_is_an_error_for_that_vm()
    {
        _shell.Engine.Journal = (_, _, onWarning, _) =>
        {
            onWarning("odd");
            throw new VmSpawnException("JournalNotReadable", VmErrorKind.Failed, "Broken.", "/log/a.journal");
        };

        var result = _shell.Run("Get-VmJournal a");

        Assert.StartsWith("JournalNotReadable,", result.SingleError().FullyQualifiedErrorId);
        Assert.Equal(["odd"], result.Warnings);
    }

    [Fact]
    public void Who_wants_no_more_ends_the_reading()
    {
        var ended = false;
        _shell.Engine.Journal = async (_, onEntry, _, token) =>
        {
            try
            {
                while (true)
                {
                    token.ThrowIfCancellationRequested();
                    onEntry(Make("6", "again"));
                    await Task.Delay(1, token);
                }
            }
            finally
            {
                ended = true;
            }
        };

        var error = _shell.Catch("Get-VmJournal a -Follow | ForEach-Object { if (++$n -gt 3) { throw 'enough' } }");

        Assert.Equal("enough", error.ToString());
        Assert.True(ended);
    }

    [Fact]
    public void The_view_is_a_line_without_what_a_terminal_would_act_upon()
    {
        _shell.Run("Get-VmJournal a | Out-Default");

        // Without the colours of the table's head and of an error.
        var text = Regex.Replace(_shell.Host.Text, @"\e\[[0-9;]*m", "");
        Assert.Matches(@"20\d\d-\d\d-\d\d \d\d:\d\d:\d\d sshd\[812\] +oh \uFFFD\[31mno", text);
        Assert.DoesNotContain('\e', text);
    }

    [Fact]
    public void Priorities_are_completed()
    {
        using var shell = _shell.Create("TabExpansion2 $args[0] $args[0].Length | ForEach-Object CompletionMatches");
        var matches = shell.AddArgument("Get-VmJournal a -Priority e").Invoke<CompletionResult>();

        Assert.Equal(["emerg", "err"], matches.Select(match => match.CompletionText));
    }

    private static Entry Make(string priority, string message) =>
        new(
            "c",
            Samples.Start,
            new Dictionary<string, object>
            {
                ["MESSAGE"] = message,
                ["PRIORITY"] = priority,
                ["_SYSTEMD_UNIT"] = "ssh.service",
                ["SYSLOG_IDENTIFIER"] = "sshd",
                ["_PID"] = "812",
                ["_HOSTNAME"] = "guest",
                ["_BOOT_ID"] = "b0",
                ["BLOB"] = new byte[] { 0, 1 },
            }
        );
}
