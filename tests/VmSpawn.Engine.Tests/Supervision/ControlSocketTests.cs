using System.Text.Json;
using Xunit;

namespace VmSpawn.Engine.Tests.Supervision;

/// <summary>The control socket, spoken to in plain lines.</summary>
public sealed class ControlSocketTests : SceneTests
{
    [Fact]
    public async Task It_answers_with_the_state_and_the_id_of_the_request()
    {
        await Scene.StartAsync();

        var answer = await AskAsync("""{"execute":"status","id":"one"}""");

        Assert.Equal("one", answer.GetProperty("id").GetString());
        Assert.Equal("Running", answer.GetProperty("record").GetProperty("state").GetString());
        await Scene.TurnOffAsync();
    }

    [Fact]
    public async Task It_passes_commands_on_to_qemu()
    {
        await Scene.StartAsync();

        var status = await AskAsync("""{"execute":"qmp","command":{"execute":"query-status"}}""");
        Assert.True(status.GetProperty("return").GetProperty("running").GetBoolean());
        var refused = await AskAsync("""{"execute":"qmp","command":{"execute":"nonsense"}}""");
        Assert.Equal("QmpCommandFailed", refused.GetProperty("error").GetProperty("errorId").GetString());
        Assert.Contains("not been found", refused.GetProperty("error").GetProperty("message").GetString());
        await Scene.TurnOffAsync();
    }

    [Fact]
    public async Task Subscribers_see_events_and_states_in_order()
    {
        await Scene.StartAsync();
        using var subscriber = new ControlClient(Scene, "vm");
        await subscriber.WriteAsync("{\"execute\":\"subscribe\"}\n", Scene);
        Assert.Equal("{}", await subscriber.ReadAsync(Scene));

        await AskAsync("""{"execute":"qmp","command":{"execute":"stop"}}""");
        await AskAsync("""{"execute":"qmp","command":{"execute":"cont"}}""");
        await Scene.StopAsync();

        var seen = new List<string>();
        while (await subscriber.ReadAsync(Scene) is { } line)
        {
            var news = JsonDocument.Parse(line).RootElement;
            var name = news.GetProperty("event").GetString()!;
            seen.Add(name == "STATE" ? news.GetProperty("record").GetProperty("state").GetString()! : name);
        }

        Assert.Equal(
            ["Paused", "STOP", "Running", "RESUME", "Stopping", "POWERDOWN", "Stopping", "SHUTDOWN", "Stopped"],
            seen
        );
    }

    [Theory]
    [InlineData("nonsense\n")]
    [InlineData("{}\n")]
    [InlineData("[]\n")]
    [InlineData("{\"execute\":\"explode\"}\n")]
    [InlineData("{\"execute\":\"qmp\"}\n")]
    [InlineData("{\"execute\":\"qmp\",\"command\":{\"execute\":3}}\n")]
    [InlineData("{\"execute\":null}\n")]
    public async Task Nonsense_is_refused_and_harms_nobody(string request)
    {
        await Scene.StartAsync();
        using var client = new ControlClient(Scene, "vm");

        await client.WriteAsync(request, Scene);

        var answer = JsonDocument.Parse((await client.ReadAsync(Scene))!).RootElement;
        Assert.Equal("InvalidRequest", answer.GetProperty("error").GetProperty("errorId").GetString());
        Assert.Equal("Running", Scene.Store.Find("vm")!.State.ToString());
        await Scene.TurnOffAsync();
    }

    [Fact]
    public async Task Clients_that_never_end_a_line_are_cut_off()
    {
        await Scene.StartAsync();
        using var client = new ControlClient(Scene, "vm");

        await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            for (var i = 0; i < 100; i++)
            {
                await client.WriteAsync(new string('x', 65536), Scene);
            }
        });

        Assert.Equal("Running", Scene.Store.Find("vm")!.State.ToString());
        await Scene.TurnOffAsync();
    }

    [Fact]
    public async Task Too_many_clients_are_sent_away_and_the_others_are_served()
    {
        await Scene.StartAsync();
        var clients = Enumerable.Range(0, 80).Select(_ => new ControlClient(Scene, "vm")).ToList();

        await clients[0].WriteAsync("{\"execute\":\"status\"}\n", Scene);
        Assert.Contains("Running", await clients[0].ReadAsync(Scene));
        Assert.Null(await clients[79].ReadAsync(Scene));

        clients.ForEach(client => client.Dispose());
        await Scene.TurnOffAsync();
    }

    private async Task<JsonElement> AskAsync(string line) =>
        JsonDocument.Parse((await ControlClient.SendAsync(Scene, "vm", line))!).RootElement;
}
