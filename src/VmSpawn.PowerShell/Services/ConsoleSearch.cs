using System.Collections.ObjectModel;
using System.Text.RegularExpressions;
using VmSpawn.Engine.Console;
using VmSpawn.Engine.Errors;
using VmSpawn.Pipeline;

namespace VmSpawn.Services;

/// <summary>Looks for a line on a console, for <c>Wait-VmConsole</c>: in what there is, then in what comes.</summary>
/// <param name="engine">The engine.</param>
/// <param name="name">Name of the VM.</param>
/// <param name="pattern">What the line must match.</param>
/// <param name="after">Place to search from.</param>
internal sealed class ConsoleSearch(IEngineServices engine, string name, Regex pattern, long after)
{
    private const int BufferSize = 16 * 1024;
    private const int QuotedLines = 10;

    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(100);

    private readonly Queue<string> _last = new();
    private string _unfinished = "";

    /// <summary>Searches.</summary>
    /// <exception cref="VmSpawnException">
    /// <c>ConsoleWaitTimedOut</c>, <c>ConsoleEnded</c>: with the last lines of the console.
    /// </exception>
    public async Task<ConsoleMatch> RunAsync(TimeSpan? timeout, EngineContext context)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken);
        limit.CancelAfter(timeout ?? Timeout.InfiniteTimeSpan);
        try
        {
            return await SearchAsync(limit.Token)
                ?? throw Failure("ConsoleEnded", VmErrorKind.Failed, $"The VM '{name}' has ended");
        }
        catch (OperationCanceledException) when (!context.CancellationToken.IsCancellationRequested)
        {
            throw Failure(
                "ConsoleWaitTimedOut",
                VmErrorKind.Timeout,
                $"Within {timeout!.Value.TotalSeconds} seconds the VM '{name}' has written"
            );
        }
        catch (RegexMatchTimeoutException)
        {
            throw new VmSpawnException(
                "PatternTooSlow",
                VmErrorKind.InvalidArgument,
                $"The pattern '{pattern}' takes longer than a second for one line.",
                pattern.ToString(),
                "Write it without nested repetitions."
            );
        }
    }

    private async Task<ConsoleMatch?> SearchAsync(CancellationToken cancellationToken)
    {
        using var reader = await engine.ReadConsoleAsync(name, cancellationToken);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var buffer = new byte[BufferSize];
        LineSplitter? lines = null;
        while (true)
        {
            var reading = reader.ReadAsync(buffer, over.Token).AsTask();
            if (FindPrompt(lines, reader) is { } prompt && await IsQuietAsync(reading, over))
            {
                return prompt;
            }

            var read = await reading;
            if (read == 0)
            {
                return lines?.Unfinished is { } last ? Match(last, reader) : null;
            }

            var start = reader.Position - read;
            var skipped = (int)Math.Clamp(after - start, 0, read);
            lines ??= skipped == read ? null : new LineSplitter(start + skipped);
            foreach (var line in lines?.Add(buffer.AsSpan(skipped..read)) ?? [])
            {
                if (Match(line, reader) is { } match)
                {
                    return match;
                }
            }
        }
    }

    // A prompt never ends its line. As long as earlier output is read, the line's end may follow.
    private ConsoleMatch? FindPrompt(LineSplitter? lines, IConsoleReader reader) =>
        reader.Position >= reader.HistoryEnd && lines?.Unfinished is { } unfinished ? Match(unfinished, reader) : null;

    // A serial port gives a few characters at a time: a line that is still being written says more in a moment.
    private static async Task<bool> IsQuietAsync(Task reading, CancellationTokenSource over)
    {
        if (await Task.WhenAny(reading, Task.Delay(Quiet, over.Token)) == reading)
        {
            return false;
        }

        over.Token.ThrowIfCancellationRequested();
        await over.CancelAsync();
        await reading.ContinueWith(_ => { }, TaskScheduler.Default);
        return true;
    }

    private ConsoleMatch? Match(VmSpawn.Engine.Console.ConsoleLine line, IConsoleReader reader)
    {
        var text = PlainText.Of(line.Bytes.Span);
        Remember(line.IsComplete, text);
        var match = pattern.Match(text);
        return !match.Success
            ? null
            : new ConsoleMatch
            {
                Name = name,
                Time = reader.TimeOf(line.Start)?.LocalDateTime,
                Text = text,
                Value = match.Value,
                Groups = new ReadOnlyDictionary<string, string>(
                    match
                        .Groups.Values.Where(group => group.Success)
                        .ToDictionary(group => group.Name, group => group.Value)
                ),
                Position = line.End,
            };
    }

    private void Remember(bool isComplete, string text)
    {
        _unfinished = isComplete ? "" : text;
        if (isComplete && text.Length > 0)
        {
            _last.Enqueue(text);
            if (_last.Count > QuotedLines)
            {
                _last.Dequeue();
            }
        }
    }

    private VmSpawnException Failure(string errorId, VmErrorKind kind, string what)
    {
        string[] lines = [.. _last, .. _unfinished.Length > 0 ? [_unfinished] : (string[])[]];
        var end = lines.Length == 0 ? " Nothing was written." : $" The last lines:\n{string.Join('\n', lines)}";
        return new VmSpawnException(
            errorId,
            kind,
            kind is VmErrorKind.Timeout
                ? $"{what} nothing that matches '{pattern}'.{end}"
                : $"{what} without writing anything that matches '{pattern}'.{end}",
            name,
            "Receive-VmConsole shows all that it wrote."
        );
    }
}
