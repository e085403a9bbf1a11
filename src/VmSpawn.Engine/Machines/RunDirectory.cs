using System.Text;
using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Native;

namespace VmSpawn.Engine.Machines;

/// <summary>The paths in a VM's run directory.</summary>
/// <param name="Path">The directory.</param>
internal sealed record RunDirectory(string Path)
{
    /// <summary>Locked for as long as the VM lives.</summary>
    public string Lock => File("lock");

    /// <summary>The launch plan without secrets.</summary>
    public string Plan => File("plan.json");

    /// <summary>The record, replaced atomically.</summary>
    public string State => File("state.json");

    /// <summary>Where the supervisor takes commands.</summary>
    public string ControlSocket => File("control.sock");

    /// <summary>Where the console is attached.</summary>
    public string ConsoleSocket => File("console.sock");

    /// <summary>What the guest wrote to the console.</summary>
    public string ConsoleLog => File("console.log");

    /// <summary>When the guest wrote what of it.</summary>
    public string ConsoleTimes => File("console.times");

    /// <summary>What QEMU wrote to its standard output and error.</summary>
    public string QemuLog => File("qemu.log");

    /// <summary>What a helper wrote.</summary>
    public string HelperLog(string id) => File($"{id}.log");

    /// <summary>The record as it was last written, or <see langword="null"/> if there is none or it cannot be read.</summary>
    public MachineRecord? ReadState()
    {
        try
        {
            return NativeFile.TryRead(State) is { } json ? MachineRecordJson.TryDeserialize(json) : null;
        }
        catch (SystemCallException)
        {
            return null;
        }
    }

    /// <summary>Refuses a directory in which sockets would have names too long for the kernel.</summary>
    public void CheckLength()
    {
        var length = Encoding.UTF8.GetByteCount(ConsoleSocket);
        if (length > UnixSocket.PathLimit)
        {
            throw new VmSpawnException(
                "RuntimeDirectoryTooLong",
                VmErrorKind.InvalidArgument,
                $"Sockets in '{Path}' would have names of {length} bytes; {UnixSocket.PathLimit} are possible.",
                Path,
                $"Use a shorter machine name, or set {RuntimeRoot.OverrideVariable} to a shorter directory."
            );
        }
    }

    /// <summary>
    /// Removes the directory with all that is in it. The lock goes last, so that whoever wants the name meets either
    /// the lock or nothing.
    /// </summary>
    public void Remove()
    {
        DirectoryTree.RemoveContents(Path, except: "lock");
        NativeFile.Remove(Lock);
        // Not empty: the next VM of that name has already begun, with a lock of its own.
        NativeFile.RemoveDirectory(Path);
    }

    private string File(string name) => System.IO.Path.Combine(Path, name);
}
