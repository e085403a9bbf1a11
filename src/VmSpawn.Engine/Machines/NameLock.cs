using System.Runtime.InteropServices;
using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Native;

namespace VmSpawn.Engine.Machines;

/// <summary>
/// The reservation of a VM's name: a lock on a file of its run directory. The supervisor inherits the descriptor and
/// holds it for life, so the kernel itself says whether the VM lives.
/// </summary>
internal sealed class NameLock : IDisposable
{
    private NameLock(RunDirectory directory, FileDescriptor descriptor)
    {
        RunDirectory = directory;
        Descriptor = descriptor;
    }

    /// <summary>The directory whose name is reserved.</summary>
    public RunDirectory RunDirectory { get; }

    /// <summary>The locked descriptor.</summary>
    public FileDescriptor Descriptor { get; }

    /// <summary>Reserves a name, making its run directory where there is none.</summary>
    /// <returns><see langword="null"/> if somebody else has it.</returns>
    public static NameLock? TryReserve(RunDirectory directory)
    {
        while (true)
        {
            _ = NativeFile.MakeDirectory(directory.Path, NativeFile.PrivateDirectory);
            var file = NativeFile.TryOpen(directory.Lock, NativeFile.ReadWrite | NativeFile.Create, NativeFile.Private);
            if (file is not null)
            {
                if (TryLock(directory, file, out var taken))
                {
                    return taken;
                }
            }
            else if (Marshal.GetLastPInvokeError() != Errno.NoEntry)
            {
                throw SystemCallException.Last($"open '{directory.Lock}'", directory.Lock);
            }
        }
    }

    /// <summary>Takes the lock of a run directory that is there already, which nobody living holds.</summary>
    /// <returns><see langword="null"/> if somebody holds it, or there is none.</returns>
    public static NameLock? TryTakeOver(RunDirectory directory)
    {
        while (NativeFile.TryOpen(directory.Lock, NativeFile.ReadWrite) is { } file)
        {
            if (TryLock(directory, file, out var taken))
            {
                return taken;
            }
        }

        return null;
    }

    /// <inheritdoc/>
    public void Dispose() => Descriptor.Dispose();

    /// <returns>False if the file was removed meanwhile, so that the attempt says nothing.</returns>
    private static bool TryLock(RunDirectory directory, FileDescriptor file, out NameLock? taken)
    {
        taken = null;
        if (!FileLock.TryTake(file, exclusive: true))
        {
            file.Dispose();
            return true;
        }

        if (FileStatus.TryGet(directory.Lock) is not { } named || !named.IsSameFile(FileStatus.Get(file)))
        {
            file.Dispose();
            return false;
        }

        taken = new NameLock(directory, file);
        return true;
    }
}
