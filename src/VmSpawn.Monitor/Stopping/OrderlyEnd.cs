using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Supervision;

namespace VmSpawn.Monitor.Stopping;

/// <summary>
/// Ends a VM whose supervisor was told to end: power button, then the guest's own manager over SSH where there is one,
/// then QEMU. Each step is bounded; a guest that shows no sign of having heard is not waited for.
/// </summary>
/// <param name="loop">Where it runs.</param>
/// <param name="control">The VM.</param>
/// <param name="manager">The guest's manager.</param>
/// <param name="consoleEnd">How many bytes the guest has written to its console.</param>
internal sealed class OrderlyEnd(EventLoop loop, GuestControl control, GuestManager manager, Func<long> consoleEnd)
{
    // Who ends a supervisor that way may kill it a few seconds later; a guest that hears says so on its console at once.
    private static readonly TimeSpan SilenceTime = TimeSpan.FromSeconds(3);

    // Service managers give services up to 90 seconds and then kill: the host's does with this process, too.
    private static readonly TimeSpan ShutdownTime = TimeSpan.FromSeconds(45);

    /// <summary>Does all that; when it returns, QEMU has ended or has been told to.</summary>
    /// <param name="reason">Why, for the record.</param>
    public async Task RunAsync(string reason)
    {
        if (control.Machine is { } machine && await TryPressAsync())
        {
            var before = consoleEnd();
            var gone = machine.Qemu.Exited;
            if (!await loop.WaitAsync(gone, SilenceTime) && (await IsAgreedAsync(gone) || consoleEnd() > before))
            {
                await loop.WaitAsync(gone, ShutdownTime);
            }

            if (gone.IsCompleted)
            {
                return;
            }
        }

        control.End(reason, atOnce: false);
    }

    private async Task<bool> TryPressAsync()
    {
        try
        {
            var pressed = control.PowerDownAsync();
            return await loop.WaitAsync(pressed, SilenceTime) && pressed.IsCompletedSuccessfully;
        }
        catch (VmSpawnException)
        {
            return false;
        }
    }

    private async Task<bool> IsAgreedAsync(Task gone)
    {
        if (!manager.IsReachable)
        {
            return false;
        }

        var asked = manager.PowerOffAsync();
        await Task.WhenAny(asked, gone);
        return asked is { IsCompletedSuccessfully: true, Result: true };
    }
}
