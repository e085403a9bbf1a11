using VmSpawn.Engine.Machines;
using static VmSpawn.Output.OutputList;

namespace VmSpawn.Output;

/// <summary>Turns the engine's record of a VM into the object that is written to the pipeline.</summary>
internal static class VirtualMachineFactory
{
    /// <summary>Name of the console log in the run directory, and among what is kept of an ended VM.</summary>
    private const string ConsoleLogName = "console.log";

    /// <summary>A snapshot of the VM as it is now.</summary>
    public static VirtualMachine Create(MachineRecord record) => Create(record, TimeProvider.System.GetUtcNow());

    /// <summary>A snapshot of the VM as it was when its record was read.</summary>
    /// <param name="record">The record.</param>
    /// <param name="now">That moment.</param>
    public static VirtualMachine Create(MachineRecord record, DateTimeOffset now)
    {
        var summary = record.Summary;
        var guest = record.Guest ?? GuestReport.None;
        var ended = record.State is MachineState.Stopped or MachineState.Failed;
        return new VirtualMachine
        {
            Name = record.Name,
            Id = record.Id,
            State = record.State.ToString(),
            Cpus = summary.Cpus,
            Memory = summary.MemoryBytes,
            Uptime = (record.EndedAt ?? now) - record.StartedAt,
            StartedAt = record.StartedAt?.LocalDateTime,
            EndedAt = record.EndedAt?.LocalDateTime,
            Image = summary.Image,
            Directory = summary.Directory,
            Kernel = summary.Kernel,
            Initrd = List(summary.Initrds),
            PortForward = List(summary.PortForwards),
            IsReady =
                record.State is MachineState.Running or MachineState.Paused
                && guest is { ReadyAt: not null, Shutdown: null },
            ReadyAt = guest.ReadyAt?.LocalDateTime,
            Status = guest.Status,
            GuestHostName = guest.HostName,
            GuestMachineId = guest.MachineId,
            ActiveUnit = List(ended ? [] : guest.ActiveUnits),
            NotifyTransport = summary.NotifyTransport,
            Journal = summary.Journal,
            Warnings = List(record.Warnings),
            ExitStatus = record.ExitStatus,
            EndReason = record.EndReason,
            Failure = record.Failure is { } failure ? Create(failure) : null,
            Architecture = summary.Architecture,
            MachineType = summary.MachineType,
            Accelerator = summary.Accelerator,
            Firmware = summary.Firmware,
            VsockCid = summary.VsockCid,
            Console = summary.Console.ToString(),
            Vnc = summary.Vnc,
            Unit = record.Registration?.Unit,
            IsRegistered = !ended && record.Registration is { IsRegistered: true },
            SshAddress = ended ? null : summary.Ssh?.Address,
            SshKeyPath = ended ? null : summary.Ssh?.KeyPath,
            ProcessId = ended ? null : record.Qemu?.Id,
            MonitorProcessId = ended ? null : record.Monitor?.Id,
            RunDirectory = record.RunDirectory,
            ConsoleLog = Path.Combine(record.RunDirectory, ConsoleLogName),
        };
    }

    private static VirtualMachineFailure Create(MachineFailure failure) =>
        new()
        {
            ErrorId = failure.ErrorId,
            Message = failure.Message,
            Output = failure.Output,
            ExitCode = failure.ExitCode,
            Hint = failure.Hint,
        };
}
