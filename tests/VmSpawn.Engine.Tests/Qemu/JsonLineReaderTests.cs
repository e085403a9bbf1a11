using CsCheck;
using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Qemu;
using Xunit;

namespace VmSpawn.Engine.Tests.Qemu;

public sealed class JsonLineReaderTests
{
    private const int Limit = 64;
    private static readonly byte[] Hostile = [0, (byte)'\n', (byte)'\n', (byte)'\r', (byte)'{', (byte)'"', 0xC3, 0xFF];

    [Fact]
    public void A_line_is_read_once_it_is_complete()
    {
        var reader = new JsonLineReader(Limit);

        reader.Append("{\"a\":"u8);
        Assert.Empty(Drain(reader));
        reader.Append("1}\r\n\n{}\n{"u8);

        Assert.Equal(["{\"a\":1}", "{}"], Drain(reader).Select(Text));
    }

    [Theory]
    [InlineData(Limit, false)]
    [InlineData(Limit + 1, true)]
    public void A_line_of_the_limit_passes_and_a_longer_one_does_not(int length, bool isTooLong)
    {
        var reader = new JsonLineReader(Limit);
        reader.Append([.. Enumerable.Repeat((byte)'x', length), (byte)'\n']);

        if (isTooLong)
        {
            Assert.Equal("LineTooLong", Assert.Throws<VmSpawnException>(() => Drain(reader)).ErrorId);
        }
        else
        {
            Assert.Equal(length, Assert.Single(Drain(reader)).Length);
        }
    }

    [Fact]
    public void A_line_without_an_end_is_refused_when_it_is_too_long()
    {
        var reader = new JsonLineReader(Limit);
        reader.Append(new byte[Limit + 1]);

        Assert.Throws<VmSpawnException>(() => Drain(reader));
    }

    [Fact]
    public void However_the_stream_is_cut_the_lines_are_the_same() =>
        Gen.Select(
                // Hostile bytes: NUL, lone carriage returns, runs of line ends, half characters.
                Gen.Int[0, 7].Select(i => Hostile[i]).Array[0, 200],
                Gen.Int[1, 50].Array[1, 50]
            )
            .Sample(
                (stream, cuts) =>
                {
                    var reader = new JsonLineReader(1000);
                    var lines = new List<byte[]>();
                    var position = 0;
                    for (var i = 0; position < stream.Length; i++)
                    {
                        var count = Math.Min(cuts[i % cuts.Length], stream.Length - position);
                        reader.Append(stream.AsSpan(position, count));
                        lines.AddRange(Drain(reader));
                        position += count;
                    }

                    Assert.Equal(Expected(stream), lines);
                }
            );

    [Fact]
    public void It_never_holds_more_than_the_limit_and_one_piece() =>
        Gen.Select(Gen.Int[1, 300], Gen.Int[1, 40])
            .Sample(
                (lineLength, pieces) =>
                {
                    var reader = new JsonLineReader(Limit);
                    var line = Enumerable.Repeat((byte)'x', lineLength).Append((byte)'\n').ToArray();
                    for (var i = 0; i < pieces; i++)
                    {
                        reader.Append(line);
                        if (lineLength > Limit)
                        {
                            Assert.Throws<VmSpawnException>(() => Drain(reader));
                            return;
                        }

                        Assert.Equal(lineLength, Assert.Single(Drain(reader)).Length);
                    }
                }
            );

    private static List<byte[]> Drain(JsonLineReader reader)
    {
        var lines = new List<byte[]>();
        while (reader.TryRead(out var line))
        {
            lines.Add(line.ToArray());
        }

        return lines;
    }

    // The same by the simplest means: whole lines, without one carriage return at their end, unless empty.
    private static List<byte[]> Expected(byte[] stream)
    {
        var lines = new List<byte[]>();
        var start = 0;
        for (var i = 0; i < stream.Length; i++)
        {
            if (stream[i] == '\n')
            {
                var line = stream[start..i];
                line = line.Length > 0 && line[^1] == '\r' ? line[..^1] : line;
                if (line.Length > 0)
                {
                    lines.Add(line);
                }

                start = i + 1;
            }
        }

        return lines;
    }

    private static string Text(byte[] line) => System.Text.Encoding.UTF8.GetString(line);
}
