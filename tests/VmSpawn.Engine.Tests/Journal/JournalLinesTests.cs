using System.Text;
using CsCheck;
using VmSpawn.Engine.Journal;
using Xunit;

namespace VmSpawn.Engine.Tests.Journal;

/// <summary>Lines of a stream that comes in any pieces.</summary>
public sealed class JournalLinesTests
{
    [Fact]
    public async Task Lines_come_back_whatever_the_pieces() =>
        await Gen.Select(Gen.String[Gen.Char['a', 'c'], 1, 40].Array[0, 20], Gen.Int[1, 30])
            .SampleAsync(
                async (lines, piece) =>
                    Assert.Equal(lines, await ReadAsync(string.Concat(lines.Select(line => line + "\n")), piece, 100))
            );

    [Fact]
    public async Task A_line_that_is_too_long_is_left_out_and_the_next_one_is_not()
    {
        var text = $"first\n{new string('x', 1_000_000)}\nlast\n";

        Assert.Equal(["first", "", "last"], await ReadAsync(text, 70_000, limit: 200_000));
    }

    [Fact]
    public async Task A_line_longer_than_the_first_buffer_is_whole()
    {
        var line = new string('y', 500_000);

        Assert.Equal([line, "z"], await ReadAsync($"{line}\nz\n", 10_000, limit: 1 << 20));
    }

    [Fact]
    public async Task A_last_line_without_an_end_is_none() => Assert.Equal(["a"], await ReadAsync("a\nb", 1, 10));

    private static async Task<List<string>> ReadAsync(string text, int piece, int limit)
    {
        using var stream = new PieceStream(Encoding.UTF8.GetBytes(text), piece);
        var lines = new JournalLines(stream, limit);
        var found = new List<string>();
        while (await lines.ReadAsync(TestContext.Current.CancellationToken) is { } line)
        {
            found.Add(Encoding.UTF8.GetString(line.Span));
        }

        return found;
    }

    private sealed class PieceStream(byte[] bytes, int piece) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(piece, buffer.Length)], cancellationToken);
    }
}
