using System.Text;
using VmSpawn.Engine.Console;
using VmSpawn.Pipeline;

namespace VmSpawn.Services;

/// <summary>Reads a console and writes it to the pipeline, for <c>Receive-VmConsole</c>.</summary>
/// <param name="engine">The engine.</param>
/// <param name="name">Name of the VM.</param>
/// <param name="tail">How many of the last lines there are; <see langword="null"/> for all.</param>
/// <param name="wait">True to go on with what comes.</param>
/// <param name="raw">True for text as it came.</param>
internal sealed class ConsoleReceiver(IEngineServices engine, string name, int? tail, bool wait, bool raw)
{
    private const int BufferSize = 32 * 1024;
    private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();

    /// <summary>Writes what there is, and then what comes.</summary>
    /// <returns>How many lines there were.</returns>
    public async Task<int> RunAsync(EngineContext context)
    {
        using var reader = await engine.ReadConsoleAsync(name, context.CancellationToken);
        var lines = new LineSplitter(reader.Position);
        var kept = new Queue<VmSpawn.Engine.Console.ConsoleLine>();
        var buffer = new byte[BufferSize];
        var count = 0;
        while (reader.Position < reader.HistoryEnd && await ReadAsync(reader, buffer, context) is > 0 and var read)
        {
            foreach (var line in lines.Add(buffer.AsSpan(0, read)))
            {
                Keep(kept, line);
            }

            count += Flush(kept, reader, context, all: tail is null && !raw);
        }

        // A prompt is no line yet; who waits gets it once it is.
        if (lines.Unfinished is { } last && (!wait || raw))
        {
            Keep(kept, last);
        }

        count += Flush(kept, reader, context, all: true);
        if (wait)
        {
            count += await FollowAsync(reader, lines, buffer, context);
        }

        return count;
    }

    private async Task<int> FollowAsync(IConsoleReader reader, LineSplitter lines, byte[] buffer, EngineContext context)
    {
        var count = 0;
        while (await ReadAsync(reader, buffer, context) is > 0 and var read)
        {
            if (raw)
            {
                Write(buffer.AsSpan(0, read), context);
                continue;
            }

            foreach (var line in lines.Add(buffer.AsSpan(0, read)))
            {
                Write(line, reader, context);
                count++;
            }
        }

        if (!raw && lines.Unfinished is { } last)
        {
            Write(last, reader, context);
            count++;
        }

        return count;
    }

    private static ValueTask<int> ReadAsync(IConsoleReader reader, byte[] buffer, EngineContext context) =>
        reader.ReadAsync(buffer, context.CancellationToken);

    private void Keep(Queue<VmSpawn.Engine.Console.ConsoleLine> kept, VmSpawn.Engine.Console.ConsoleLine line)
    {
        kept.Enqueue(line);
        if (kept.Count > tail)
        {
            kept.Dequeue();
        }
    }

    private int Flush(
        Queue<VmSpawn.Engine.Console.ConsoleLine> kept,
        IConsoleReader reader,
        EngineContext context,
        bool all
    )
    {
        if (!all || kept.Count == 0)
        {
            return 0;
        }

        var count = kept.Count;
        if (raw)
        {
            Write(
                kept.SelectMany(line => line.IsComplete ? [.. line.Bytes.ToArray(), (byte)'\n'] : line.Bytes.ToArray())
                    .ToArray(),
                context
            );
            kept.Clear();
            return count;
        }

        while (kept.TryDequeue(out var line))
        {
            Write(line, reader, context);
        }

        return count;
    }

    private void Write(ReadOnlySpan<byte> bytes, EngineContext context)
    {
        var characters = new char[Encoding.UTF8.GetMaxCharCount(bytes.Length)];
        var length = _decoder.GetChars(bytes, characters, flush: false);
        if (length > 0)
        {
            context.Output(new string(characters, 0, length));
        }
    }

    private void Write(VmSpawn.Engine.Console.ConsoleLine line, IConsoleReader reader, EngineContext context) =>
        context.Output(
            new ConsoleLine
            {
                Name = name,
                Time = reader.TimeOf(line.Start)?.LocalDateTime,
                Text = PlainText.Of(line.Bytes.Span),
            }
        );
}
