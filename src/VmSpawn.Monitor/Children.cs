using VmSpawn.Engine.Native;
using VmSpawn.Engine.Supervision;

namespace VmSpawn.Monitor;

/// <summary>
/// The processes below the supervisor: those it starts, and those it becomes the parent of because their own parent
/// has ended. The latter are reaped at once, since a program may wait for them to vanish (swtpm_setup for its swtpm).
/// </summary>
internal sealed class Children(EventLoop loop)
{
    private static readonly TimeSpan EndTime = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan EndInterval = TimeSpan.FromMilliseconds(5);

    private readonly Dictionary<int, ChildProcess> started = [];

    /// <inheritdoc cref="ChildProcess.Start"/>
    public ChildProcess Start(
        string label,
        IReadOnlyList<string> argv,
        IReadOnlyCollection<(FileDescriptor Source, int Target)> descriptors,
        string logPath,
        int listeners = 0
    )
    {
        var child = ChildProcess.Start(loop, Forget, label, argv, descriptors, logPath, listeners);
        started.Add(child.Identity.Id, child);
        return child;
    }

    /// <summary>Takes note of all that have ended.</summary>
    public void Reap()
    {
        while (ProcessDescriptor.FindEnded() is { } id)
        {
            if (started.TryGetValue(id, out var child))
            {
                child.TakeEnd();
            }
            else
            {
                ProcessDescriptor.Reap(id);
            }
        }
    }

    /// <summary>Ends adopted processes, and what is adopted thereby, without asking.</summary>
    public async Task EndAdoptedAsync()
    {
        var limit = loop.DelayAsync(EndTime);
        while (Adopted() is { Count: > 0 } adopted && !limit.IsCompleted)
        {
            adopted.ForEach(id => ProcessDescriptor.SendToChild(id, Signal.Kill));
            await loop.DelayAsync(EndInterval);
            Reap();
        }
    }

    // Linux keeps this list where it is built with CONFIG_PROC_CHILDREN, as distributions do (proc_pid_children(5)).
    private List<int> Adopted()
    {
        var list = $"/proc/self/task/{Environment.ProcessId}/children";
        return File.Exists(list)
            ?
            [
                .. File.ReadAllText(list)
                    .Split(' ', StringSplitOptions.RemoveEmptyEntries)
                    .Select(int.Parse)
                    .Where(id => !started.ContainsKey(id)),
            ]
            : [];
    }

    private void Forget(ChildProcess child)
    {
        if (started.TryGetValue(child.Identity.Id, out var known) && known == child)
        {
            started.Remove(child.Identity.Id);
        }
    }
}
