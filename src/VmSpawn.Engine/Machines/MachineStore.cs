using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Host;
using VmSpawn.Engine.Planning;

namespace VmSpawn.Engine.Machines;

/// <summary>
/// The VMs of one user: those that live, and what is kept of those that ended. Every answer is looked up at that
/// moment; a VM whose supervisor was killed is cleaned up by whoever finds it.
/// </summary>
/// <param name="root">Directory of the run directories; see <see cref="RuntimeRoot"/>.</param>
public sealed class MachineStore(string root)
{
    // A supervisor answers within milliseconds unless it is just making a large file.
    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(2);

    // A killed process is seen dead before the last of its threads has let go of the lock.
    private static readonly TimeSpan ReleaseTime = TimeSpan.FromSeconds(1);

    /// <summary>Directory of the run directories.</summary>
    public string Root { get; } = Path.TrimEndingDirectorySeparator(Path.GetFullPath(root));

    internal EndedMachines Ended => new(Root);

    /// <summary>The store of the user who runs this process.</summary>
    public static MachineStore ForCurrentUser() => new(RuntimeRoot.Locate());

    /// <summary>Where a VM of that name has its run directory.</summary>
    /// <exception cref="Errors.InvalidValueException">It is no machine name.</exception>
    public string GetRunDirectory(string name) => Path.Combine(Root, MachineName.Parse(name).Value);

    /// <summary>All VMs, living and ended, by name. A broken record never hides the others.</summary>
    /// <exception cref="Errors.VmSpawnException"><c>RuntimeDirectoryUnsafe</c>.</exception>
    public IReadOnlyList<MachineRecord> List()
    {
        if (!PrivateDirectory.Exists(Root))
        {
            return [];
        }

        return
        [
            .. Directory
                .GetDirectories(Root)
                .Select(path => Path.GetFileName(path)!)
                .Concat(Ended.Names)
                .Distinct(StringComparer.Ordinal)
                .Where(name => MachineName.TryParse(name, out _))
                .Order(StringComparer.Ordinal)
                .Select(Look)
                .OfType<MachineRecord>(),
        ];
    }

    /// <summary>The VM of that name, living or else ended, or <see langword="null"/>.</summary>
    /// <exception cref="Errors.VmSpawnException"><c>RuntimeDirectoryUnsafe</c>.</exception>
    public MachineRecord? Find(string name) =>
        MachineName.TryParse(name, out _) && PrivateDirectory.Exists(Root) ? Look(name) : null;

    /// <summary>Drops what is kept of an ended VM; nothing happens if nothing is kept.</summary>
    public void Forget(string name)
    {
        if (MachineName.TryParse(name, out _) && PrivateDirectory.Exists(Root))
        {
            Ended.Forget(name);
        }
    }

    internal RunDirectory RunDirectoryOf(string name) => new(GetRunDirectory(name));

    /// <summary>Clears up after a killed supervisor, if the run directory of that name is an orphan.</summary>
    internal void SweepOrphan(string name)
    {
        using var taken = NameLock.TryTakeOver(RunDirectoryOf(name));
        if (taken is not null)
        {
            new OrphanSweep(Root, TimeProvider.System).Clear(taken);
            taken.RunDirectory.Remove();
        }
    }

    private MachineRecord? Look(string name)
    {
        var run = RunDirectoryOf(name);
        if (Directory.Exists(run.Path))
        {
            if (ControlConnection.TryGetStatus(run, AnswerTime) is { } answer)
            {
                return answer;
            }

            var record = run.ReadState();
            if (record?.Monitor is { IsAlive: true })
            {
                return record;
            }

            SweepOrphan(name);
            var released = Environment.TickCount64 + (long)ReleaseTime.TotalMilliseconds;
            while (run.ReadState()?.Monitor is { IsAlive: false } && Environment.TickCount64 < released)
            {
                Thread.Sleep(10);
                SweepOrphan(name);
            }

            if (File.Exists(run.State))
            {
                // Its supervisor holds the lock, but does not answer.
                return record ?? Unreadable(name, run, MachineState.Running);
            }

            // Somebody holds the lock: a start that has recorded nothing yet, or an end that has recorded everything.
        }

        return Ended.Find(name) is { } ended ? ended.ReadState() ?? Unreadable(name, ended, MachineState.Failed) : null;
    }

    private static MachineRecord Unreadable(string name, RunDirectory run, MachineState state) =>
        new()
        {
            Name = name,
            Id = Guid.Empty,
            State = state,
            RunDirectory = run.Path,
            CreatedAt = new DateTimeOffset(Directory.GetCreationTimeUtc(run.Path)),
            Summary = new MachineSummary
            {
                Architecture = "",
                MachineType = "",
                Accelerator = "",
                Cpus = 0,
                MemoryBytes = 0,
            },
            Failure = new MachineFailure(
                "RecordUnreadable",
                $"The record of the VM '{name}' in '{run.State}' cannot be read.",
                "",
                null
            ),
        };
}
