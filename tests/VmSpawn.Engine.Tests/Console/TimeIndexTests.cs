using VmSpawn.Engine.Console;
using Xunit;

namespace VmSpawn.Engine.Tests.Console;

public sealed class TimeIndexTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private readonly TemporaryDirectory _directory = new();
    private readonly Clock _clock = new();

    private string Path => _directory.PathOf("console.times");

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void A_byte_has_the_time_of_the_piece_that_it_came_in()
    {
        using var index = new TimeIndex(Path, _clock);
        Note(index, 0, 0);
        Note(index, 10, 1000);
        Note(index, 20, 1005);
        Note(index, 30, 2000);

        var times = ConsoleTimes.Read(Path);

        Assert.Equal(Start, times.TimeOf(0));
        Assert.Equal(Start, times.TimeOf(9));
        Assert.Equal(Start.AddMilliseconds(1000), times.TimeOf(10));
        Assert.Equal(Start.AddMilliseconds(1000), times.TimeOf(29));
        Assert.Equal(Start.AddMilliseconds(2000), times.TimeOf(1_000_000));
        Assert.Equal(30, times.LastPosition);
    }

    [Fact]
    public void It_is_bounded_and_forgets_the_oldest()
    {
        using (var index = new TimeIndex(Path, _clock))
        {
            for (var i = 0; i < 50_000; i++)
            {
                Note(index, i, i * 20L);
            }

            index.Finish(50_000);
        }

        var times = ConsoleTimes.Read(Path);

        Assert.InRange(new DirectoryInfo(_directory.Root).GetFiles().Sum(file => file.Length), 1, 32 * 1024 * 16);
        Assert.Null(times.TimeOf(0));
        Assert.Equal(Start.AddMilliseconds(49_999 * 20L), times.TimeOf(49_999));
        Assert.Equal(50_000, times.LastPosition);
    }

    [Fact]
    public void Without_an_index_no_time_is_known()
    {
        var times = ConsoleTimes.Read(Path);

        Assert.Null(times.TimeOf(0));
        Assert.Null(times.LastPosition);
    }

    private void Note(TimeIndex index, long position, long milliseconds)
    {
        _clock.Now = Start.AddMilliseconds(milliseconds);
        index.Note(position);
    }

    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = Start;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
