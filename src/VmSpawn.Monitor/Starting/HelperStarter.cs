using VmSpawn.Engine.Native;
using VmSpawn.Engine.Planning;

namespace VmSpawn.Monitor.Starting;

/// <summary>Starts the helpers of a plan.</summary>
/// <param name="context">The start.</param>
/// <param name="onEssentialEnd">Told when a helper ends without which the VM cannot live.</param>
internal sealed class HelperStarter(StartContext context, Action<ChildProcess> onEssentialEnd)
{
    /// <summary>Begins to start one helper: when this returns, its socket is there if the supervisor binds it.</summary>
    /// <returns>Completes when the helper is up.</returns>
    public Task Begin(PlannedHelper helper)
    {
        var start = new HelperStart(context, helper, onEssentialEnd);
        var listener = helper.ListenPath is { } path ? Listen(path) : null;
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
