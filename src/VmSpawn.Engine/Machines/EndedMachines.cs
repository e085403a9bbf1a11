using VmSpawn.Engine.Console;
using VmSpawn.Engine.Native;

namespace VmSpawn.Engine.Machines;

/// <summary>
/// What is kept of VMs that have ended: record, console log and QEMU's log, one directory each, until the next VM of
/// that name ends; the newest 64 of them.
/// </summary>
/// <param name="root">The runtime root.</param>
internal sealed class EndedMachines(string root)
{
    // Runtime directories are memory: of a console that may have written megabytes, the last one is kept.
    private const int LogLimit = 1024 * 1024;
    private const int KeptMachines = 64;

    private readonly string directory = Path.Combine(root, ".ended");

    /// <summary>Names of VMs of which something is kept.</summary>
    public IEnumerable<string> Names =>
        Directory.Exists(directory)
            ? Directory.GetDirectories(directory).Select(path => Path.GetFileName(path)!).Where(name => name[0] != '.')
            : [];

    /// <summary>Moves the logs of a VM that has ended out of its run directory, and records its end.</summary>
    /// <returns>The record as it is kept.</returns>
    public MachineRecord Keep(RunDirectory run, MachineRecord final)
    {
        var kept = At(final.Name);
        var record = final with { RunDirectory = kept.Path };
        _ = NativeFile.MakeDirectory(directory, NativeFile.PrivateDirectory);
        var fresh = new RunDirectory(Path.Combine(directory, $".{final.Name}-{final.Id:N}"));
        _ = NativeFile.MakeDirectory(fresh.Path, NativeFile.PrivateDirectory);
        MoveLog(run.ConsoleLog, fresh.ConsoleLog);
        MoveLog(run.QemuLog, fresh.QemuLog);
        MoveIfThere(RotatingLog.PreviousPath(run.ConsoleTimes), RotatingLog.PreviousPath(fresh.ConsoleTimes));
        MoveIfThere(run.ConsoleTimes, fresh.ConsoleTimes);
        NativeFile.Replace(fresh.State, MachineRecordJson.Serialize(record));
        DirectoryTree.Remove(kept.Path);
        NativeFile.Rename(fresh.Path, kept.Path);
        Prune();
        return record;
    }

    /// <summary>Replaces the record that is kept of a VM, if something is.</summary>
    public void Amend(MachineRecord record)
    {
        if (Find(record.Name) is { } kept)
        {
            NativeFile.Replace(kept.State, MachineRecordJson.Serialize(record));
        }
    }

    /// <summary>What is kept of the last VM of that name, or <see langword="null"/>.</summary>
    public RunDirectory? Find(string name) => Directory.Exists(At(name).Path) ? At(name) : null;

    /// <summary>Drops what is kept of a name.</summary>
    public void Forget(string name) => DirectoryTree.Remove(At(name).Path);

    private static void MoveIfThere(string from, string to)
    {
        if (FileStatus.TryGet(from) is not null)
        {
            NativeFile.Rename(from, to);
        }
    }

    private static void MoveLog(string from, string to)
    {
        var previous = FileStatus.TryGet(RotatingLog.PreviousPath(from));
        var current = FileStatus.TryGet(from);
        if (previous is null && current is { Length: <= LogLimit })
        {
            NativeFile.Rename(from, to);
            return;
        }

        using var target = NativeFile.Open(to, NativeFile.WriteOnly | NativeFile.Create, NativeFile.Private);
        var length = current?.Length ?? 0;
        CopyEnd(RotatingLog.PreviousPath(from), LogLimit - length, target);
        CopyEnd(from, LogLimit, target);
    }

    private static void CopyEnd(string path, long count, FileDescriptor target)
    {
        if (count <= 0 || NativeFile.TryOpen(path, NativeFile.ReadOnly) is not { } source)
        {
            return;
        }

        using (source)
        {
            var buffer = new byte[64 * 1024];
            var position = Math.Max(0, FileStatus.Get(source).Length - count);
            for (int read; (read = source.ReadAt(buffer, position)) > 0; position += read)
            {
                target.WriteAll(buffer.AsSpan(0, read));
            }
        }
    }

    private void Prune()
    {
        var superfluous = Names
            .Select(name => At(name).Path)
            .OrderByDescending(Directory.GetLastWriteTimeUtc)
            .Skip(KeptMachines);
        foreach (var path in superfluous)
        {
            DirectoryTree.Remove(path);
        }
    }

    private RunDirectory At(string name) => new(Path.Combine(directory, name));
}
