using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Machines;
using VmSpawn.Engine.Native;
using VmSpawn.Engine.Planning;

namespace VmSpawn.Monitor.Starting;

/// <summary>Starts the helpers of a plan.</summary>
/// <param name="context">The start.</param>
/// <param name="onEssentialEnd">Told when a helper ends without which the VM cannot live.</param>
internal sealed class HelperStarter(StartContext context, Action<ChildProcess> onEssentialEnd)
{
    private static readonly TimeSpan PrepareTime = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan SocketTime = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan SocketInterval = TimeSpan.FromMilliseconds(2);

    // virtiofsd and swtpm end at once when asked; they have nothing to flush that QEMU has not handed over.
    private static readonly TimeSpan EndTime = TimeSpan.FromSeconds(2);

    /// <summary>Starts one helper; returns when QEMU may use it.</summary>
    public async Task StartAsync(PlannedHelper helper)
    {
        foreach (var directory in helper.Directories)
        {
            Directories.Make(directory);
        }

        foreach (var command in helper.Prepare)
        {
            await new Preparation(context).RunAsync($"{helper.Id}-prepare", command, PrepareTime);
        }

        var process = Spawn(helper);
        context.Undo.Push($"end {helper.Id}", () => EndAsync(process));
        context.State.Update(record =>
            record with
            {
                Helpers = record.Helpers.Add(new HelperProcess(helper.Id, process.Identity)),
            }
        );
        if (helper.AwaitSocket is { } socket)
        {
            await AwaitSocketAsync(process, socket);
        }

        if (helper.Essential)
        {
            _ = WatchAsync(process);
        }
    }

    private ChildProcess Spawn(PlannedHelper helper)
    {
        using var listener = helper.ListenPath is { } path ? Listen(path) : null;
        return context.Children.Start(
            helper.Id,
            helper.Argv,
            listener is null ? [] : [(listener, helper.ListenDescriptor)],
            context.Run.HelperLog(helper.Id)
        );
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

    private async Task AwaitSocketAsync(ChildProcess process, string path)
    {
        var deadline = context.Loop.DelayAsync(SocketTime);
        while (!ListeningSockets.Contains(path))
        {
            if (process.Exited.IsCompleted)
            {
                throw StartFailures.HelperEnded(
                    context.Plan.Name,
                    process,
                    process.Exited.Result,
                    await process.LastWordsAsync()
                );
            }

            if (deadline.IsCompleted)
            {
                throw new StartFailedException(
                    "HelperFailed",
                    context.Plan.Name,
                    $"{process.Label} has not made its socket '{path}' within {SocketTime.TotalSeconds} seconds.",
                    await process.LastWordsAsync(),
                    null
                );
            }

            await context.Loop.DelayAsync(SocketInterval);
            context.GivenUp.ThrowIfCancellationRequested();
        }
    }

    private static async Task EndAsync(ChildProcess process)
    {
        using (process)
        {
            await process.EndAsync(EndTime);
        }
    }

    private async Task WatchAsync(ChildProcess process)
    {
        await process.Exited;
        onEssentialEnd(process);
    }
}
