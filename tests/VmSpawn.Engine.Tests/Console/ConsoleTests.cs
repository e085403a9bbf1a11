using System.Text;
using VmSpawn.Engine.Console;
using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Machines;
using VmSpawn.Engine.Tests.Supervision;
using Xunit;

namespace VmSpawn.Engine.Tests.Console;

/// <summary>The console of a VM that runs.</summary>
public sealed class ConsoleTests : SceneTests
{
    [Fact]
    public async Task A_reader_sees_what_was_and_what_comes_until_the_end()
    {
        await Scene.StartAsync();
        await GuestHasWrittenAsync("hello from the guest");
        await using var console = await Scene.Control.OpenConsoleAsync("vm", cancellationToken: Scene.Limit);
        Assert.False(console.CanWrite);

        var reading = new StreamReader(console).ReadToEndAsync(Scene.Limit);
        await Scene.StopAsync();

        Assert.Equal("hello from the guest\r\nbye\r\n", await reading);
    }

    [Fact]
    public async Task History_is_as_long_as_asked_for()
    {
        await Scene.StartAsync();
        await GuestHasWrittenAsync("hello from the guest");
        await using var some = await Scene.Control.OpenConsoleAsync("vm", history: 7, cancellationToken: Scene.Limit);
        await using var none = await Scene.Control.OpenConsoleAsync("vm", history: 0, cancellationToken: Scene.Limit);

        var reading = new StreamReader(some).ReadToEndAsync(Scene.Limit);
        var readingNew = new StreamReader(none).ReadToEndAsync(Scene.Limit);
        await Scene.StopAsync();

        Assert.Equal("guest\r\nbye\r\n", await reading);
        Assert.Equal("bye\r\n", await readingNew);
    }

    [Fact]
    public async Task One_types_and_all_see_it()
    {
        await Scene.StartAsync(DummyQemu.Echoing);
        await using var writer = await OpenAsync(ConsoleAccess.ReadWrite);
        await using var reader = await OpenAsync(ConsoleAccess.Read);

        await writer.WriteAsync("typed\r"u8.ToArray(), Scene.Limit);

        await ReadsAsync(writer, "typed\r");
        await ReadsAsync(reader, "typed\r");
        await Scene.TurnOffAsync();
    }

    [Fact]
    public async Task Only_one_may_type_at_a_time()
    {
        await Scene.StartAsync(DummyQemu.Echoing);
        await using (await OpenAsync(ConsoleAccess.ReadWrite))
        {
            var error = await Assert.ThrowsAsync<VmSpawnException>(() => OpenAsync(ConsoleAccess.ReadWrite));
            Assert.Equal("ConsoleBusy", error.ErrorId);
        }

        Stream? next = null;
        await Scene.EventuallyAsync(() => (next = TryOpen()) is not null, "nobody else may type");
        await using (next)
        {
            await next!.WriteAsync("mine now"u8.ToArray(), Scene.Limit);
            await ReadsAsync(next, "mine now");
        }

        await Scene.TurnOffAsync();

        Stream? TryOpen()
        {
            try
            {
                return OpenAsync(ConsoleAccess.ReadWrite).GetAwaiter().GetResult();
            }
            catch (VmSpawnException)
            {
                return null;
            }
        }
    }

    [Fact]
    public async Task Much_that_is_typed_arrives_whole()
    {
        await Scene.StartAsync(DummyQemu.Echoing);
        await using var console = await Scene.Control.OpenConsoleAsync(
            "vm",
            ConsoleAccess.ReadWrite,
            history: 0,
            Scene.Limit
        );
        var typed = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, 60_000).Select(i => $"{i}\n")));

        var writing = console.WriteAsync(typed, Scene.Limit).AsTask();
        var echoed = new byte[typed.Length];
        await console.ReadExactlyAsync(echoed, Scene.Limit);
        await writing;

        Assert.True(typed.AsSpan().SequenceEqual(echoed));
        await Scene.TurnOffAsync();
    }

    [Fact]
    public async Task A_reader_that_does_not_read_holds_nobody_up_and_the_log_stays_bounded()
    {
        var started = await Scene.StartAsync(DummyQemu.Chatty);
        await using var idle = await OpenAsync(ConsoleAccess.Read);
        var log = Path.Join(started.RunDirectory, "console.log");

        // More than the log holds: the guest is never made to wait for anybody.
        await Scene.EventuallyAsync(() => File.Exists($"{log}.1"), "the log was not rotated", TimeSpan.FromSeconds(60));
        await Scene.EventuallyAsync(
            () =>
                File.Exists($"{log}.1") && File.GetLastWriteTimeUtc($"{log}.1") > started.StartedAt!.Value.UtcDateTime,
            "the guest stands still"
        );
        for (var i = 0; i < 20; i++)
        {
            // Missing for the moment in which it is rotated.
            Assert.InRange(LengthOf(log), 0, 8 * 1024 * 1024);
            Assert.Equal(MachineState.Running, Scene.Store.Find("vm")!.State);
            await Task.Delay(20, Scene.Limit);
        }

        var ended = await Scene.TurnOffAsync();
        Assert.InRange(new FileInfo(Path.Join(ended.RunDirectory, "console.log")).Length, 1, 1024 * 1024);
    }

    [Fact]
    public async Task A_console_of_nothing_is_an_error()
    {
        var unknown = await Assert.ThrowsAsync<VmSpawnException>(() => OpenAsync(ConsoleAccess.Read));
        Assert.Equal("MachineNotFound", unknown.ErrorId);
        await Scene.StartAsync(DummyQemu.Brief);
        await Scene.WaitForExitAsync();
        var ended = await Assert.ThrowsAsync<VmSpawnException>(() => OpenAsync(ConsoleAccess.Read));
        Assert.Equal("MachineEnded", ended.ErrorId);
    }

    [Theory]
    [InlineData("nonsense\n")]
    [InlineData("{\"access\":\"Everything\",\"history\":1}\n")]
    [InlineData("[]\n")]
    public async Task Nonsense_is_refused(string request)
    {
        await Scene.StartAsync();
        using var client = new ControlClient(Scene, "vm", "console.sock");

        await client.WriteAsync(request, Scene);

        Assert.Contains("InvalidRequest", await client.ReadAsync(Scene));
        Assert.Null(await client.ReadAsync(Scene));
        await Scene.TurnOffAsync();
    }

    private async Task<Stream> OpenAsync(ConsoleAccess access) =>
        await Scene.Control.OpenConsoleAsync("vm", access, cancellationToken: Scene.Limit);

    private async Task ReadsAsync(Stream console, string wanted)
    {
        var heard = new StringBuilder();
        var buffer = new byte[4096];
        while (!heard.ToString().Contains(wanted))
        {
            var count = await console.ReadAsync(buffer, Scene.Limit);
            Assert.True(count > 0, $"only '{heard}' was heard");
            heard.Append(Encoding.UTF8.GetString(buffer, 0, count));
        }
    }

    private static long LengthOf(string path)
    {
        try
        {
            return new FileInfo(path).Length;
        }
        catch (FileNotFoundException)
        {
            return 0;
        }
    }

    private async Task GuestHasWrittenAsync(string text) =>
        await Scene.EventuallyAsync(
            () => File.ReadAllText(Path.Join(Scene.Root, "vm", "console.log")).Contains(text),
            "the guest has not written it"
        );
}
