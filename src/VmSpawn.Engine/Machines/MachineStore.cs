namespace VmSpawn.Engine.Machines;

/// <summary>
/// The VMs of one user: those that live, and what is kept of those that ended. Every answer is looked up at that
/// moment; a VM whose supervisor was killed is cleaned up by whoever finds it.
/// </summary>
/// <param name="root">Directory of the run directories; see <see cref="RuntimeRoot"/>.</param>
public sealed class MachineStore(string root)
{
    /// <summary>Directory of the run directories.</summary>
    public string Root { get; } = Path.GetFullPath(root);

    /// <summary>The store of the user who runs this process.</summary>
    public static MachineStore ForCurrentUser() => new(RuntimeRoot.Locate());

    /// <summary>Where a VM of that name has its run directory.</summary>
    public string GetRunDirectory(string name) => Path.Combine(Root, name);

    /// <summary>All VMs, living and ended, by name. A broken record never hides the others.</summary>
    public IReadOnlyList<MachineRecord> List() => throw new NotSupportedException();

    /// <summary>The VM of that name, living or else ended, or <see langword="null"/>.</summary>
    public MachineRecord? Find(string name) => throw new NotSupportedException();

    /// <summary>Drops what is kept of an ended VM; nothing happens if nothing is kept.</summary>
    public void Forget(string name) => throw new NotSupportedException();
}
