using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Host;

namespace VmSpawn.Engine.Journal;

/// <summary>
/// Reads a journal file, or a directory of them, with the <c>journalctl</c> of the host. Entries are handed over one by one
/// as they come: however many there are, the same memory is used.
/// </summary>
/// <param name="host">Where <c>journalctl</c> is looked for.</param>
/// <param name="path">Absolute path of the file or directory.</param>
public sealed class JournalReader(IHost host, string path)
{
    // journald itself takes fields of 768 MiB; as an array of numbers they would take four times as much.
    private const int LongestLine = 16 << 20;
    private const int MostWarnings = 10;
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(250);

    private int warnings;
    private string? last;

    /// <summary>Gets each warning: a line that is no entry, or what <c>journalctl</c> complains of.</summary>
    public Action<string> OnWarning { get; init; } = _ => { };

    /// <summary>Reads what is there.</summary>
    /// <param name="query">Which entries.</param>
    /// <param name="onEntry">Gets each; the next one is not read before it returns.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="VmSpawnException"><c>JournalNotFound</c>, <c>JournalNotReadable</c>, or there is no <c>journalctl</c>.</exception>
    public async Task ReadAsync(JournalQuery query, Action<JournalEntry> onEntry, CancellationToken cancellationToken)
    {
        if (host.Files.GetKind(path) is FileKind.Missing)
        {
            throw NotFound();
        }

        var program =
            host.FindExecutable("journalctl")
            ?? throw new HostRequirementException(
                "JournalctlNotFound",
                "journalctl",
                "journalctl was not found, which reads journals.",
                "Install systemd."
            );
        using var process = new JournalProcess(
            program,
            ["--output=json", "--all", "--quiet", "--no-pager", Source, .. query.Arguments(last)]
        );
        // Its output ends with it, so that nothing waits for more.
        await using var registration = cancellationToken.Register(process.Kill);
        var lines = new JournalLines(process.Output, LongestLine);
        while (await lines.ReadAsync(cancellationToken) is { } line)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Take(line.Span, onEntry);
        }

        var (exitCode, words) = await process.EndAsync();
        cancellationToken.ThrowIfCancellationRequested();
        Report(exitCode, words);
    }

    /// <summary>
    /// Reads what is there and what is written from now on, a quarter of a second later at most. <c>journalctl --follow</c>
    /// is of no use for that: it takes no single files, and of several boots the last one only.
    /// </summary>
    /// <param name="query">Which entries.</param>
    /// <param name="onEntry">Gets each; the next one is not read before it returns.</param>
    /// <param name="writerEnded">Completes when nothing will be written any more: it ends after the last entry then.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="VmSpawnException">As <see cref="ReadAsync"/>.</exception>
    public async Task FollowAsync(
        JournalQuery query,
        Action<JournalEntry> onEntry,
        Task writerEnded,
        CancellationToken cancellationToken
    )
    {
        var seen = JournalState.Of(path);
        if (seen != JournalState.None)
        {
            await (
                query.Last is 0
                    // The last one is where the new ones begin.
                    ? ReadAsync(query with { Last = 1 }, _ => { }, cancellationToken)
                    : ReadAsync(query, onEntry, cancellationToken)
            );
        }

        query = query with { Last = null };
        for (var isOver = false; !isOver; )
        {
            isOver = writerEnded.IsCompleted;
            if (JournalState.Of(path) is var now && now != seen)
            {
                // Taken before it is read: what is written meanwhile is seen the next time.
                seen = now;
                await ReadAsync(query, onEntry, cancellationToken);
            }

            if (!isOver)
            {
                await Task.WhenAny(writerEnded, Task.Delay(BetweenLooks, cancellationToken));
                cancellationToken.ThrowIfCancellationRequested();
            }
        }

        await writerEnded;
    }

    private void Take(ReadOnlySpan<byte> line, Action<JournalEntry> onEntry)
    {
        if (line.IsEmpty)
        {
            Warn($"An entry of '{path}' was left out: it has more than {LongestLine} bytes.");
        }
        else if (JournalJson.TryParse(line, out var entry, out var problem))
        {
            last = entry.Cursor;
            onEntry(entry);
        }
        else
        {
            Warn($"A line of journalctl about '{path}' was left out: {problem}");
        }
    }

    private void Report(int exitCode, string words)
    {
        if (exitCode != 0)
        {
            throw new VmSpawnException(
                "JournalNotReadable",
                VmErrorKind.Failed,
                $"The journal '{path}' cannot be read: {(words.Length == 0 ? $"journalctl ended with exit code {exitCode}." : words)}",
                path,
                "Check that it is a journal, and its permissions."
            );
        }

        foreach (var line in words.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            Warn($"journalctl: {line}");
        }
    }

    private void Warn(string text)
    {
        if (++warnings <= MostWarnings)
        {
            OnWarning(text);
        }
    }

    private VmSpawnException NotFound() =>
        new(
            "JournalNotFound",
            VmErrorKind.NotFound,
            $"There is no journal '{path}'.",
            path,
            "Give a journal file or a directory of journal files; Start-VmSpawn -ForwardJournal makes one."
        );

    // The option takes patterns (glob(7)).
    private string Source =>
        host.Files.GetKind(path) is FileKind.Directory
            ? $"--directory={path}"
            : $"--file={string.Concat(path.Select(c => c is '*' or '?' or '[' or ']' or '\\' ? $"\\{c}" : $"{c}"))}";
}
