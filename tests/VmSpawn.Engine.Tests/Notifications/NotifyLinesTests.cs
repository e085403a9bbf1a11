using System.Text;
using CsCheck;
using VmSpawn.Engine.Notifications;
using Xunit;

namespace VmSpawn.Engine.Tests.Notifications;

/// <summary>Lines out of the stream of a virtio-serial port.</summary>
public sealed class NotifyLinesTests
{
    [Fact]
    public void Lines_are_the_same_however_the_stream_is_cut() =>
        Gen.Select(Gen.Char['a', 'f'].Array[0, 60].Array[0, 12], Gen.Int[1, 20])
            .Sample(
                (lines, step) =>
                {
                    var text = Encoding.ASCII.GetBytes(string.Concat(lines.Select(line => new string(line) + "\n")));
                    var read = new List<string>();
                    var reader = new NotifyLines();
                    for (var at = 0; at < text.Length; at += step)
                    {
                        reader.Append(text.AsSpan(at, Math.Min(step, text.Length - at)), line => Take(read, line));
                    }

                    return read.SequenceEqual(lines.Where(line => line.Length > 0).Select(line => new string(line)));
                }
            );

    [Fact]
    public void A_line_that_is_too_long_is_dropped_and_the_next_is_read()
    {
        var read = new List<string>();
        var reader = new NotifyLines();
        var dropped = 0;
        for (var i = 0; i < 100; i++)
        {
            dropped += reader.Append(new byte[1000], line => Take(read, line));
        }

        dropped += reader.Append("\nREADY=1\n"u8, line => Take(read, line));
        Assert.Equal(1, dropped);
        Assert.Equal(["READY=1"], read);
    }

    [Fact]
    public void A_line_of_the_longest_length_is_read()
    {
        var read = new List<string>();
        var longest = new string('x', NotifyMessage.SizeLimit);
        var dropped = new NotifyLines().Append(Encoding.ASCII.GetBytes(longest + "\n"), line => Take(read, line));
        Assert.Equal((0, longest), (dropped, Assert.Single(read)));
    }

    [Fact]
    public void What_has_no_end_can_be_taken_as_it_is()
    {
        var read = new List<string>();
        var reader = new NotifyLines();
        reader.Append("READY=1"u8, line => Take(read, line));
        Assert.True(reader.HasRest);
        Assert.Empty(read);
        reader.TakeRest(line => Take(read, line));
        Assert.Equal(["READY=1"], read);
        Assert.False(reader.HasRest);
    }

    private static void Take(List<string> read, ReadOnlySpan<byte> line) => read.Add(Encoding.ASCII.GetString(line));
}
