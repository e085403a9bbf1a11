using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Native;
using Xunit;

namespace VmSpawn.Engine.Tests.Native;

public sealed class ProcessSpawnTests
{
    [Fact]
    public void A_child_has_what_it_was_given_under_the_numbers_it_was_given()
    {
        var (reader, writer) = Pipe.Create();
        var (ours, theirs) = UnixSocket.Pair();
        using var file = MemoryFile.Create("content", "from memory"u8);
        using (reader)
        using (writer)
        using (ours)
        using (theirs)
        {
            // Targets that are the numbers of other sources: none may overwrite another.
            var exit = Run(
                new SpawnRequest
                {
                    // Only bash knows descriptors above 9.
                    Program = "/bin/bash",
                    Argv = ["bash", "-c", $"cat /proc/self/fd/{writer.Number} && cat <&0 && echo done >&{file.Number}"],
                    Descriptors = [(writer, 1), (file, writer.Number), (theirs, file.Number)],
                }
            );

            Assert.True(exit.IsSuccess);
            Assert.Equal("from memory", Text(buffer => reader.Read(buffer)));
            Assert.Equal("done\n", Text(buffer => UnixSocket.Receive(ours, buffer)));
        }
    }

    [Fact]
    public void A_child_leads_a_session_if_it_shall()
    {
        var (reader, writer) = Pipe.Create();
        using (reader)
        using (writer)
        {
            // Fields 1, 5 and 6 of proc(5)'s stat: process, group, session.
            Run(
                new SpawnRequest
                {
                    Program = "/bin/sh",
                    Argv = ["sh", "-c", "cut -d' ' -f1,5,6 /proc/$$/stat"],
                    Descriptors = [(writer, 1)],
                    NewSession = true,
                }
            );
            var numbers = Text(buffer => reader.Read(buffer)).Split(' ', StringSplitOptions.TrimEntries);

            Assert.Equal(numbers[0], numbers[1]);
            Assert.Equal(numbers[0], numbers[2]);
        }
    }

    [Fact]
    public void Signals_are_blocked_as_asked_and_otherwise_as_at_birth()
    {
        var (reader, writer) = Pipe.Create();
        using (reader)
        using (writer)
        {
            Run(
                new SpawnRequest
                {
                    Program = "/bin/grep",
                    Argv = ["grep", "-E", "SigBlk|SigIgn", "/proc/self/status"],
                    Descriptors = [(writer, 1)],
                    BlockedSignals = SignalSet.Of(Signal.Terminate, Signal.Hangup),
                }
            );

            // glibc itself has children ignore the two signals it keeps for its threads, 32 and 33.
            Assert.Matches(
                "^SigBlk:\t0000000000004001\nSigIgn:\t0000000[01][08]0000000\n$",
                Text(buffer => reader.Read(buffer))
            );
        }
    }

    [Fact]
    public void An_end_by_a_signal_is_told_apart_from_an_exit_code()
    {
        var exit = Run(new SpawnRequest { Program = "/bin/sh", Argv = ["sh", "-c", "kill -9 $$"] });

        Assert.Equal(new ProcessExit(null, 9), exit);
        Assert.Equal(137, exit.ShellCode);
        Assert.Equal(
            new ProcessExit(7, null),
            Run(new SpawnRequest { Program = "/bin/sh", Argv = ["sh", "-c", "exit 7"] })
        );
    }

    [Fact]
    public void A_program_that_is_not_there_is_named()
    {
        var error = Assert.Throws<SystemCallException>(() =>
            ProcessSpawn.Start(new SpawnRequest { Program = "/nowhere/program", Argv = ["program"] })
        );

        Assert.Equal(Errno.NoEntry, error.ErrorNumber);
        Assert.Contains("'/nowhere/program'", error.Message);
    }

    private static ProcessExit Run(SpawnRequest request)
    {
        using var process = ProcessDescriptor.Open(ProcessSpawn.Start(request))!;
        Assert.True(Poller.WaitReadable(process, 10_000));
        return ProcessDescriptor.TryReap(process)!.Value;
    }

    private static string Text(Reader read)
    {
        Span<byte> buffer = new byte[4096];
        return System.Text.Encoding.UTF8.GetString(buffer[..read(buffer)]);
    }

    private delegate int Reader(Span<byte> buffer);
}
