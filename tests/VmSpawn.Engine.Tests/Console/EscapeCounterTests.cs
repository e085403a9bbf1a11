using System.Text;
using CsCheck;
using VmSpawn.Engine.Console;
using Xunit;

namespace VmSpawn.Engine.Tests.Console;

public sealed class EscapeCounterTests
{
    /// <summary>Moments in seconds with what was read then; a caret stands for Ctrl-].</summary>
    [Theory]
    [InlineData(true, "0.6:^ 0.7:^ 0.8:^")]
    [InlineData(true, "0:^^^")]
    [InlineData(true, "0:a^^^b")]
    [InlineData(true, "0:^ 1:^^")]
    [InlineData(true, "0:^ 1.1:^ 1.2:^ 1.3:^")]
    [InlineData(false, "0:^^")]
    [InlineData(false, "0.5:^ 1.7:^ 1.8:^")]
    [InlineData(false, "0:^^a^")]
    [InlineData(false, "0:^ 0.1:a 0.2:^ 0.3:^")]
    [InlineData(false, "0:^ 0.9:^ 1.1:^")]
    public void Three_within_a_second_of_the_first_complete_the_sequence(bool expected, string typed) =>
        Assert.Equal(
            expected,
            Read(typed.Split(' ').Select(item => item.Split(':')).Select(pair => (Moment(pair[0]), Keys(pair[1]))))
        );

    [Fact]
    public void It_is_as_if_every_key_were_read_by_itself() =>
        Gen.Select(Gen.Double[0, 0.8], Gen.String[Gen.Char["^a"], 0, 4])
            .List[0, 6]
            .Sample(reads =>
            {
                var moment = 0.0;
                var single = new List<(double, byte[])>();
                var whole = new List<(double, byte[])>();
                foreach (var (pause, keys) in reads)
                {
                    moment += pause;
                    whole.Add((moment, Keys(keys)));
                    single.AddRange(Keys(keys).Select(key => (moment, new[] { key })));
                }

                return Read(whole) == Read(single) && Read(single) == ByDefinition([.. single]);
            });

    // Three in a row without another key in between, the last within a second of the one that counts as the first.
    private static bool ByDefinition((double Moment, byte[] Keys)[] typed)
    {
        var run = new List<double>();
        foreach (var (moment, keys) in typed)
        {
            if (keys[0] != EscapeCounter.Key)
            {
                run.Clear();
                continue;
            }

            if (run.Count > 0 && Ticks(moment) - Ticks(run[0]) > TimeSpan.TicksPerSecond)
            {
                run.Clear();
            }

            run.Add(moment);
            if (run.Count == 3)
            {
                return true;
            }
        }

        return false;
    }

    private static bool Read(IEnumerable<(double Moment, byte[] Keys)> typed)
    {
        var clock = new Clock();
        var counter = new EscapeCounter(clock);
        foreach (var (moment, keys) in typed)
        {
            clock.Now = Ticks(moment);
            if (counter.Read(keys))
            {
                return true;
            }
        }

        return false;
    }

    private static double Moment(string text) => double.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static long Ticks(double moment) => (long)(moment * TimeSpan.TicksPerSecond);

    private static byte[] Keys(string text) => Encoding.ASCII.GetBytes(text.Replace('^', (char)EscapeCounter.Key));

    private sealed class Clock : TimeProvider
    {
        public long Now { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now;
    }
}
