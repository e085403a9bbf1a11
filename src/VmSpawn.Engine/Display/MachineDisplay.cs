using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Machines;
using VmSpawn.Engine.Native;

namespace VmSpawn.Engine.Display;

/// <summary>Looks at VMs' displays and presses keys of their keyboards, through QEMU.</summary>
/// <param name="store">Where the VMs are recorded.</param>
public sealed class MachineDisplay(MachineStore store)
{
    // QEMU answers at once; a supervisor that is busy ending the VM may not.
    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(10);

    // Two presses of the same key must not look like one to the guest.
    private const int HoldTime = 20;

    /// <summary>Takes a picture of what the display shows now, as PNG.</summary>
    /// <exception cref="VmSpawnException">
    /// <c>MachineNotFound</c>, <c>MachineEnded</c>; <c>NoDisplay</c>: the VM has none; <c>DisplayFailed</c>: QEMU's words.
    /// </exception>
    public async Task<byte[]> TakeScreenshotAsync(string name, CancellationToken cancellationToken)
    {
        // QEMU writes where only this user can read.
        var path = $"{store.RunDirectoryOf(name).Path}/screen-{Guid.NewGuid():N}.png";
        try
        {
            await ExecuteAsync(
                name,
                "screendump",
                new JsonObject { ["filename"] = path, ["format"] = "png" },
                cancellationToken
            );
            return NativeFile.TryRead(path, 64 * 1024 * 1024) ?? throw Failed(name, "QEMU has written no picture.");
        }
        finally
        {
            NativeFile.Remove(path);
        }
    }

    /// <summary>Presses keys, all of a press at the same time, one press after another.</summary>
    /// <exception cref="VmSpawnException"><c>MachineNotFound</c>, <c>MachineEnded</c>; <c>NoDisplay</c>: there is no keyboard.</exception>
    public async Task PressAsync(
        string name,
        IEnumerable<ImmutableArray<string>> presses,
        CancellationToken cancellationToken
    )
    {
        foreach (var press in presses)
        {
            var keys = new JsonArray([
                .. press.Select(key => (JsonNode)new JsonObject { ["type"] = "qcode", ["data"] = key }),
            ]);
            await ExecuteAsync(
                name,
                "send-key",
                new JsonObject { ["keys"] = keys, ["hold-time"] = HoldTime },
                cancellationToken
            );
            await Task.Delay(HoldTime * 2, cancellationToken);
        }
    }

    private async Task ExecuteAsync(
        string name,
        string command,
        JsonObject arguments,
        CancellationToken cancellationToken
    )
    {
        var record = store.Find(name) ?? throw MachineErrors.NotFound(name);
        if (record.State is MachineState.Stopped or MachineState.Failed)
        {
            throw MachineErrors.Ended(name);
        }

        // A PC without a display has a keyboard all the same, but nobody who would see what it does.
        if (!record.Summary.HasDisplay)
        {
            throw new VmSpawnException(
                "NoDisplay",
                VmErrorKind.NotFound,
                $"The VM '{name}' has no display.",
                name,
                "Start it with -Console Gui, or with -Vnc unix where nobody needs to look at a window."
            );
        }

        using var deadline = new Deadline(AnswerTime, cancellationToken);
        using var connection =
            ControlConnection.TryConnect(store.RunDirectoryOf(name)) ?? throw MachineErrors.Ended(name);
        var request = new JsonObject { ["execute"] = command, ["arguments"] = arguments };
        using var document = JsonDocument.Parse(request.ToJsonString());
        try
        {
            await connection.TrySendAsync(
                new ControlRequest { Execute = ControlRequest.Qmp, Command = document.RootElement },
                deadline.Token
            );
            var reply = await connection.ReceiveAsync(deadline.Token) ?? throw MachineErrors.Ended(name);
            if (reply.Error is { } error)
            {
                throw Failed(name, error.Message);
            }
        }
        catch (OperationCanceledException) when (deadline.HasPassed)
        {
            throw Failed(name, $"QEMU has not answered within {AnswerTime.TotalSeconds} seconds.");
        }
    }

    private static VmSpawnException Failed(string name, string reason) =>
        new(
            "DisplayFailed",
            VmErrorKind.Failed,
            $"The display of the VM '{name}' cannot be used: {reason}",
            name,
            "Get-VmSpawn says whether it still runs."
        );
}
