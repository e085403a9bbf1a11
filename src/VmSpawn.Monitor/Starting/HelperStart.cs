using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Machines;
using VmSpawn.Engine.Native;
using VmSpawn.Engine.Planning;

namespace VmSpawn.Monitor.Starting;

/// <summary>One helper on its way up. It can be ended at any point of it.</summary>
/// <param name="start">The start of the VM.</param>
/// <param name="helper">What is started.</param>
/// <param name="onEssentialEnd">Told when it ends and the VM cannot live without it.</param>
internal sealed class HelperStart(StartContext start, PlannedHelper helper, Action<ChildProcess> onEssentialEnd)
{
    private static readonly TimeSpan PrepareTime = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan SocketTime = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan SocketInterval = TimeSpan.FromMilliseconds(2);

    // virtiofsd and swtpm end at once when asked; they have nothing to flush that QEMU has not handed over.
    private static readonly TimeSpan EndTime = TimeSpan.FromSeconds(2);

    // Those that do write it to the disk at their end.
    private static readonly TimeSpan FlushTime = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource abandoned = CancellationTokenSource.CreateLinkedTokenSource(start.GivenUp);
    private readonly List<string> made = [];
    private Task up = Task.CompletedTask;
    private ChildProcess? process;

    /// <summary>True if it has nothing to do, or does not run.</summary>
    public bool IsIdle => process is null || process.Exited.IsCompleted || ProcessActivity.IsIdle(process.Identity.Id);

    /// <summary>Starts it.</summary>
    /// <param name="listener">The socket it inherits, which is closed here.</param>
    public Task Run(FileDescriptor? listener) => up = ComeUpAsync(listener);

    /// <summary>Ends it, however far it has come.</summary>
    public async Task EndAsync()
    {
        using (abandoned)
        {
            abandoned.Cancel();
            await Task.WhenAny(up);
            // Whoever waited for it knows why it failed; an abandoned one has nothing to say.
            _ = up.Exception;
            if (process is not null)
            {
                using (process)
                {
                    await process.EndAsync(helper.Drains ? FlushTime : EndTime);
                }
            }

            Directories.RemoveEmpty(made);
        }
    }

    private async Task ComeUpAsync(FileDescriptor? listener)
    {
        var context = start with { GivenUp = abandoned.Token };
        using (listener)
        {
            foreach (var directory in helper.Directories)
            {
                Directories.Make(directory, made);
            }

            foreach (var command in helper.Prepare)
            {
                await new Preparation(context).RunAsync($"{helper.Id}-prepare", command, PrepareTime);
            }

            process = Spawn(context, listener);
        }

        context.State.Update(record =>
            record with
            {
                Helpers = record.Helpers.Add(new HelperProcess(helper.Id, process.Identity)),
            }
        );
        if (helper.AwaitSocket is { } socket)
        {
            await AwaitSocketAsync(context, process, socket);
        }

        if (helper.Essential)
        {
            _ = WatchAsync(process);
        }
    }

    private ChildProcess Spawn(StartContext context, FileDescriptor? listener)
    {
        using var self = helper.Namespace is null ? null : NativeFile.Open("/proc/self/exe", NativeFile.ReadOnly);
        var descriptors = new List<(FileDescriptor Source, int Target)>();
        if (listener is not null)
        {
            descriptors.Add((listener, helper.ListenDescriptor));
        }

        var selfNumber = helper.ListenDescriptor + 1;
        if (self is not null)
        {
            descriptors.Add((self, selfNumber));
        }

        return context.Children.Start(
            helper.Id,
            HelperCommand.Compose(helper, selfNumber),
            descriptors,
            context.Run.HelperLog(helper.Id),
            helper.IsActivated && listener is not null ? 1 : 0
        );
    }

    private static async Task AwaitSocketAsync(StartContext context, ChildProcess process, string path)
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

    private async Task WatchAsync(ChildProcess watched)
    {
        await watched.Exited;
        onEssentialEnd(watched);
    }
}
