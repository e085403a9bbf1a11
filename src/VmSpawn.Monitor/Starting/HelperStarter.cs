using VmSpawn.Engine.Native;
using VmSpawn.Engine.Planning;

namespace VmSpawn.Monitor.Starting;

/// <summary>Starts the helpers of a plan.</summary>
/// <param name="context">The start.</param>
/// <param name="onEssentialEnd">Told when a helper ends without which the VM cannot live.</param>
internal sealed class HelperStarter(StartContext context, Action<ChildProcess> onEssentialEnd)
{
    // Journals grow by some megabytes a second; what is on its way is a few hundred kilobytes.
    private static readonly TimeSpan DrainTime = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan DrainInterval = TimeSpan.FromMilliseconds(10);

    private readonly List<HelperStart> draining = [];

    /// <summary>Whether there is anything to do for <see cref="DrainAsync"/>.</summary>
    public bool Drains => draining.Count > 0;

    /// <summary>
    /// Waits until what the guest has said is through the helpers, for which it must have ended. One may hand it to the next:
    /// they are through when all of them are idle, and still are a moment later.
    /// </summary>
    public async Task DrainAsync()
    {
        var limit = context.Loop.DelayAsync(DrainTime);
        for (var quiet = 0; quiet < 3 && !limit.IsCompleted; )
        {
            await context.Loop.DelayAsync(DrainInterval);
            quiet = draining.TrueForAll(helper => helper.IsIdle) ? quiet + 1 : 0;
        }
    }

    /// <summary>Begins to start one helper: when this returns, its socket is there if the supervisor binds it.</summary>
    /// <returns>Completes when the helper is up.</returns>
    public Task Begin(PlannedHelper helper)
    {
        var start = new HelperStart(context, helper, onEssentialEnd);
        var listener =
            helper.ListenPath is { } path ? Listen(path)
            : helper.ListenVsockPort is { } port ? VsockSocket.Listen(port)
            : null;
        if (helper.Drains)
        {
            draining.Add(start);
        }

        context.Undo.Push($"end {helper.Id}", start.EndAsync);
        return start.Run(listener);
    }

    private FileDescriptor Listen(string path)
    {
        Directories.Make(Path.GetDirectoryName(path)!);
        var listener = UnixSocket.Listen(path);
        if (!context.IsInRunDirectory(path))
        {
            context.Undo.Push($"remove '{path}'", () => NativeFile.Remove(path));
            context.State.Update(record => record with { TemporaryFiles = record.TemporaryFiles.Add(path) });
        }

        return listener;
    }
}
