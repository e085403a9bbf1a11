using System.Text;
using System.Text.Json;
using VmSpawn.Engine.Native;
using VmSpawn.Engine.Qemu;
using VmSpawn.Engine.Supervision;
using Xunit;

namespace VmSpawn.Engine.Tests.Qemu;

/// <summary>The client against a recorded QEMU 7.2 at the other end of a socket pair.</summary>
public sealed class QmpClientTests : IDisposable
{
    // Recorded from qemu-system-x86_64 7.2.22, -machine q35 -S not given; one line each.
    private const string Greeting =
        """{"QMP": {"version": {"qemu": {"micro": 22, "minor": 2, "major": 7}, "package": "Debian 1:7.2+dfsg-7+deb12u18+b3"}, "capabilities": ["oob"]}}""";

    private static readonly string[] Session =
    [
        """{"return": {}, "id": 1}""",
        """{"return": {"status": "running", "singlestep": false, "running": true}, "id": 2}""",
        """{"id": 3, "error": {"class": "CommandNotFound", "desc": "The command nonsense has not been found"}}""",
        """{"timestamp": {"seconds": 1795386142, "microseconds": 729725}, "event": "STOP"}""",
        """{"return": {}, "id": 4}""",
        """{"timestamp": {"seconds": 1795386143, "microseconds": 557851}, "event": "SHUTDOWN", "data": {"guest": false, "reason": "host-qmp-quit"}}""",
        """{"return": {}, "id": 5}""",
    ];

    private readonly EventLoop loop = new(TimeProvider.System);
    private readonly List<QmpEvent> events = [];
    private readonly FileDescriptor qemu;
    private readonly QmpClient client;

    public QmpClientTests()
    {
        (var ours, qemu) = UnixSocket.Pair();
        client = new QmpClient(loop, ours, events.Add);
    }

    public void Dispose()
    {
        client.Dispose();
        qemu.Dispose();
    }

    [Fact]
    public void A_recorded_session_is_understood()
    {
        Say([Greeting, .. Session]);

        Run(async () =>
        {
            await client.NegotiateAsync();
            var status = await client.ExecuteAsync("query-status");
            Assert.True(status.GetProperty("running").GetBoolean());
            var refused = await Assert.ThrowsAsync<QmpException>(() => client.ExecuteAsync("nonsense"));
            Assert.Equal("CommandNotFound", refused.ErrorClass);
            Assert.Equal("The command nonsense has not been found", refused.Message);
            await client.ExecuteAsync("stop");
            await client.ExecuteAsync("quit");
        });

        Assert.Equal(["STOP", "SHUTDOWN"], events.Select(change => change.Name));
        Assert.Equal("host-qmp-quit", events[1].GetText("reason"));
        Assert.Null(events[0].GetText("reason"));
    }

    [Fact]
    public void Commands_are_one_line_each_with_ids_of_their_own()
    {
        Say([Greeting, Session[0], Session[1]]);

        Run(async () =>
        {
            await client.NegotiateAsync();
            using var arguments = JsonDocument.Parse("""{"name": "a\nb"}""");
            await client.ExecuteAsync("query-status", arguments.RootElement);
        });

        Assert.Equal(
            [
                """{"execute":"qmp_capabilities","id":1}""",
                """{"execute":"query-status","arguments":{"name":"a\nb"},"id":2}""",
            ],
            Heard()
        );
    }

    [Fact]
    public void Answers_find_their_commands_in_any_order()
    {
        Say([Greeting, """{"return": "second", "id": 2}""", """{"return": "first", "id": 1}"""]);

        Run(async () =>
        {
            var first = client.ExecuteAsync("one");
            var second = client.ExecuteAsync("two");
            Assert.Equal("second", (await second).GetString());
            Assert.Equal("first", (await first).GetString());
        });
    }

    [Fact]
    public void A_connection_that_closes_fails_what_waits_and_what_comes()
    {
        Run(async () =>
        {
            var waiting = client.ExecuteAsync("query-status");
            qemu.Dispose();

            await client.Closed;

            Assert.Equal("QmpClosed", (await Assert.ThrowsAsync<QmpException>(() => waiting)).ErrorId);
            Assert.Equal("QmpClosed", (await Assert.ThrowsAsync<QmpException>(() => client.Greeting)).ErrorId);
            Assert.Equal("QmpClosed", (await Assert.ThrowsAsync<QmpException>(() => client.ExecuteAsync("x"))).ErrorId);
        });
    }

    [Theory]
    [InlineData("HTTP/1.1 400 Bad Request")]
    [InlineData("{\"hello\": 1}")]
    [InlineData("[]")]
    [InlineData("17")]
    [InlineData("{\"return\": {}, \"id\": \"one\"}")]
    [InlineData("{\"event\": 3}")]
    [InlineData("{\"error\": {}, \"id\": 1}")]
    [InlineData("{\"error\": 3, \"id\": 1}")]
    public void What_is_not_QMP_ends_the_connection(string line)
    {
        Say([line]);

        Run(async () =>
        {
            var error = await Assert.ThrowsAsync<QmpException>(() => client.ExecuteAsync("query-status"));
            Assert.Equal("QmpProtocolError", error.ErrorId);
            await client.Closed;
        });
    }

    [Fact]
    public void Answers_to_nothing_are_let_pass()
    {
        Say([Greeting, """{"return": {}, "id": 77}""", """{"return": {}}""", """{"return": 5, "id": 1}"""]);

        Run(async () => Assert.Equal(5, (await client.ExecuteAsync("one")).GetInt32()));
    }

    private void Say(IEnumerable<string> lines) =>
        qemu.WriteAll(Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n"));

    private string[] Heard()
    {
        var buffer = new byte[65536];
        var count = UnixSocket.Receive(qemu, buffer);
        return Encoding.UTF8.GetString(buffer, 0, count).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private void Run(Func<Task> body) =>
        loop.Run(async () =>
        {
            var test = body();
            Assert.True(await loop.WaitAsync(test, TimeSpan.FromSeconds(10)), "the peer was not heard in time");
            await test;
            return true;
        });
}
