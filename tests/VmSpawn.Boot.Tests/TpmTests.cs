using System.Globalization;
using System.Text.RegularExpressions;

namespace VmSpawn.Boot.Tests;

/// <summary>The TPM as the guest sees it.</summary>
[Trait("Boot", "tpm")]
public sealed partial class TpmTests(TinyGuest guest) : IAsyncLifetime
{
    // TPM2_ReadClock, and of its answer the number of resets behind ten bytes of header and two times of eight: it
    // counts each start of the machine, and begins anew with a TPM of its own (TPM 2.0 Library, part 3, 29.1).
    private const string ReadResets = """
        exec 3<>/dev/tpm0
        printf '\200\001\000\000\000\012\000\000\001\201' >&3
        echo "TPM resets: $(dd bs=64 count=1 <&3 2>/dev/null | tail -c +27 | head -c 4 | od -An -v -tx1 | tr -d ' ')"
        """;

    private readonly Scene _scene = new(guest);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task A_tpm_2_keeps_its_state_from_boot_to_boot_where_asked_to()
    {
        Prerequisite.RequireProgram("swtpm", "swtpm");
        Prerequisite.RequireProgram("swtpm_setup", "swtpm-tools");
        var state = Path.Join(_scene.Files, "tpm");
        var forgetting = _scene.KernelBoot("vmspawn.poweroff", GuestScript.Argument(ReadResets)) with
        {
            Tpm = Tristate.Yes,
        };
        var keeping = forgetting with { TpmState = StateLocation.At(HostPath.Parse(state, "tpm-state")) };

        var fresh = await ResetsAsync(forgetting);
        var first = await ResetsAsync(keeping);
        var second = await ResetsAsync(keeping);

        Assert.Equal(fresh, first);
        Assert.True(second > first, $"The TPM counted {first} resets, and {second} at the next boot.");
        Assert.NotEmpty(Directory.GetFiles(state));
    }

    private async Task<int> ResetsAsync(VmConfiguration configuration)
    {
        var ended = await _scene.WaitForExitAsync(await _scene.StartAsync(configuration));
        var console = _scene.ConsoleOf(ended);
        Assert.Contains("vmspawn-guest: tpm 2", console);
        var count = Resets().Match(console);
        Assert.True(count.Success, console);
        return int.Parse(count.Groups["count"].Value, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex("TPM resets: (?<count>[0-9a-f]{8})", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Resets();
}
