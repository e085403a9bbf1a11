using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Machines;
using VmSpawn.Engine.Native;

namespace VmSpawn.Monitor;

/// <summary>The VM's record: what is so now, on disk at every moment, and told to whoever follows it.</summary>
internal sealed class StateFile(string path, MachineRecord first)
{
    /// <summary>The record as it is now.</summary>
    public MachineRecord Current { get; private set; } = first;

    /// <summary>Called after every change.</summary>
    public Action<MachineRecord>? Changed { get; set; }

    /// <summary>Writes the first record.</summary>
    public void Begin() => NativeFile.Replace(path, MachineRecordJson.Serialize(Current));

    /// <summary>Changes the record, on disk in one step. A disk without room does not keep the VM from living on.</summary>
    public void Update(Func<MachineRecord, MachineRecord> change)
    {
        var next = change(Current);
        if (next == Current)
        {
            return;
        }

        Current = next;
        try
        {
            NativeFile.Replace(path, MachineRecordJson.Serialize(next));
        }
        catch (SystemCallException)
        {
            // Whoever asks this supervisor learns it all the same.
        }

        Changed?.Invoke(next);
    }

    /// <summary>Changes the record once its file is gone.</summary>
    public void Detach(MachineRecord last) => Current = last;
}
