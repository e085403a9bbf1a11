using System.Text.RegularExpressions;

namespace VmSpawn.Boot.Tests;

/// <summary>A guest on a TAP interface, in a network namespace of the test.</summary>
[Trait("Boot", "network")]
public sealed partial class TapTests(TinyGuest guest) : IAsyncLifetime
{
    // Addresses for documentation, which nobody has (RFC 5737).
    private const string HostAddress = "192.0.2.1";
    private const string GuestAddress = "192.0.2.2";
    private const string Name = "tiny-with-long-name";

    // "vt-" and the name have 22 bytes, an interface's name 15 at most: the first 11, and 4 characters of a hash.
    private const string InterfaceStart = "vt-tiny-wit";

    private readonly Scene _scene = new(guest);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task The_host_pings_the_guest_over_the_interface_with_the_names_hash()
    {
        await NetworkNamespace.RequireAsync();
        var script =
            $"ip address add {GuestAddress}/24 dev eth0; ip link set eth0 up; echo guest has $(cat /sys/class/net/eth0/address)";
        using var shell = OtherShell.BootingWithTap(_scene, Name, GuestScript.Argument(script));
        Assert.Equal($"started {Name}", await shell.AnswerAsync());
        var machine = _scene.Store.Find(Name)!;
        var network = new NetworkNamespace(shell.Id);

        var links = await network.RunAsync("ip", "-oneline", "link", "show");
        var link = Assert.Single(InterfaceName().Matches(links)).Groups["name"].Value;
        Assert.StartsWith(InterfaceStart, link);
        Assert.Equal(15, link.Length);
        await network.RunAsync("ip", "address", "add", $"{HostAddress}/24", "dev", link);
        await network.RunAsync("ip", "link", "set", link, "up");
        await _scene.ConsoleSaysAsync(machine, "vmspawn-guest: script ended with 0");

        await network.RunAsync("ping", "-c", "1", "-W", "10", GuestAddress);

        var planned = MacOfQemu().Match(string.Join('\n', _scene.Processes().Select(process => process.CommandLine)));
        var mac = planned.Groups["mac"].Value;
        Assert.Contains($"guest has {mac}", _scene.ConsoleOf(machine));
        Assert.Contains(mac, await network.RunAsync("ip", "neighbour", "show", GuestAddress));
        await _scene.StopAsync(machine);
        Assert.DoesNotContain(link, await network.RunAsync("ip", "-oneline", "link", "show"));
    }

    [GeneratedRegex(@"^\d+: (?<name>vt-[^:@]+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex InterfaceName();

    [GeneratedRegex("ifname=vt-[^,]*,.*mac=(?<mac>[0-9a-f:]{17})", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex MacOfQemu();
}
