using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Native;

namespace VmSpawn.Engine.Machines;

/// <summary>Clears up after a supervisor that was killed: ends what it left running and records the end.</summary>
/// <param name="root">The runtime root.</param>
/// <param name="time">The clock of the record.</param>
internal sealed class OrphanSweep(string root, TimeProvider time)
{
    // QEMU and the helpers were sent SIGTERM by the kernel when their supervisor ended; this is for flushing disks.
    private static readonly TimeSpan FlushTime = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan KillTime = TimeSpan.FromSeconds(5);

    /// <summary>Empties the run directory of a VM whose name the caller has reserved.</summary>
    public void Clear(NameLock reservation)
    {
        var run = reservation.RunDirectory;
        if (run.ReadState() is { } record)
        {
            EndProcesses(record);
            StaleRegistration.Remove(record);
            foreach (var path in record.TemporaryFiles)
            {
                RemoveQuietly(path);
            }

            // A start that did not come to its end leaves nothing; its caller has been told.
            if (record.State != MachineState.Starting)
            {
                new EndedMachines(root).Keep(run, Final(run, record));
            }
        }

        DirectoryTree.RemoveContents(run.Path, except: Path.GetFileName(run.Lock));
        ClaimLock.Sweep(root);
    }

    private static void EndProcesses(MachineRecord record)
    {
        List<(ProcessIdentity Process, FileDescriptor Descriptor)> left = [];
        foreach (var process in record.Helpers.Select(helper => helper.Process).Prepend(record.Qemu))
        {
            if (process?.Open() is { } descriptor)
            {
                left.Add((process, descriptor));
            }
        }

        var flushed = Environment.TickCount64 + (long)FlushTime.TotalMilliseconds;
        foreach (var (process, descriptor) in left)
        {
            using (descriptor)
            {
                var remaining = (int)Math.Max(0, flushed - Environment.TickCount64);
                if (!Poller.WaitReadable(descriptor, remaining))
                {
                    ProcessDescriptor.SendToGroup(process.Id, Signal.Kill);
                    ProcessDescriptor.Send(descriptor, Signal.Kill);
                    _ = Poller.WaitReadable(descriptor, (int)KillTime.TotalMilliseconds);
                }
            }
        }
    }

    private MachineRecord Final(RunDirectory run, MachineRecord record)
    {
        if (record.State is MachineState.Stopped or MachineState.Failed)
        {
            return record;
        }

        return record with
        {
            State = MachineState.Failed,
            EndedAt = time.GetUtcNow(),
            EndReason = null,
            Failure = new MachineFailure(
                "MonitorKilled",
                $"The supervisor of the VM '{record.Name}' (process {record.Monitor?.Id}) was killed, and the VM with it.",
                ReadEnd(run.QemuLog),
                null,
                "End VMs with Stop-VmSpawn. If nobody killed it, look for the kernel's out-of-memory killer in its log."
            ),
        };
    }

    private static string ReadEnd(string path)
    {
        try
        {
            return OutputText.LastLines(NativeFile.TryRead(path) ?? []);
        }
        catch (VmSpawnException)
        {
            return "";
        }
    }

    private static void RemoveQuietly(string path)
    {
        try
        {
            NativeFile.Remove(path);
        }
        catch (SystemCallException)
        {
            // Not ours any more, or on a file system that is gone.
        }
    }
}
