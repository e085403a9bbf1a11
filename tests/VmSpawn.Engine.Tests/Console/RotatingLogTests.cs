using CsCheck;
using VmSpawn.Engine.Console;
using Xunit;

namespace VmSpawn.Engine.Tests.Console;

public sealed class RotatingLogTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();

    private string LogPath => directory.PathOf("console.log");

    public void Dispose() => directory.Dispose();

    [Fact]
    public void It_is_one_file_until_that_is_full()
    {
        using var log = new RotatingLog(LogPath, 8);

        log.Append("12345678"u8);

        Assert.Equal("12345678", File.ReadAllText(LogPath));
        Assert.False(File.Exists(RotatingLog.PreviousPath(LogPath)));
    }

    [Fact]
    public void Between_the_files_no_byte_is_lost()
    {
        using var log = new RotatingLog(LogPath, 8);

        log.Append("12345"u8);
        log.Append("678901"u8);

        Assert.Equal("12345678", File.ReadAllText(RotatingLog.PreviousPath(LogPath)));
        Assert.Equal("901", File.ReadAllText(LogPath));
        Assert.Equal((0, 11), (log.Start, log.End));
    }

    [Fact]
    public void The_oldest_file_goes_when_the_next_is_full()
    {
        using var log = new RotatingLog(LogPath, 4);

        log.Append("aaaabbbbcc"u8);

        Assert.Equal((4, 10), (log.Start, log.End));
        Assert.Equal(0, log.Read(3, new byte[1]));
        Assert.Equal("bbbbcc"u8.ToArray(), log.Tail(100));
        Assert.Equal("bcc"u8.ToArray(), log.Tail(3));
    }

    [Fact]
    public void It_behaves_as_the_end_of_all_that_was_written() =>
        Gen.Select(Gen.Int[1, 40], Gen.Byte.Array[0, 60].List[0, 20])
            .Sample(
                (limit, pieces) =>
                {
                    using var log = new RotatingLog(LogPath, limit);
                    var all = new List<byte>();
                    foreach (var piece in pieces)
                    {
                        log.Append(piece);
                        all.AddRange(piece);
                        Assert.Equal(all.Count, log.End);
                        Assert.InRange(log.End - log.Start, Math.Min(all.Count, limit), 2 * limit);
                        Assert.Equal(all.Skip((int)log.Start), log.Tail(int.MaxValue));
                    }

                    File.Delete(RotatingLog.PreviousPath(LogPath));
                },
                iter: 200,
                threads: 1
            );

    [Fact]
    public void A_file_that_cannot_be_written_costs_the_log_and_nothing_else()
    {
        using var log = new RotatingLog(directory.Link("full", "/dev/full"), 100);

        log.Append("lost"u8);
        log.Append("lost too"u8);

        Assert.Equal(12, log.End);
        Assert.Equal(12, log.Start);
        Assert.Empty(log.Tail(100));
    }
}
