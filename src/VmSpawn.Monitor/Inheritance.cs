using VmSpawn.Engine.Native;
using VmSpawn.Engine.Planning;
using VmSpawn.Engine.Supervision;

namespace VmSpawn.Monitor;

/// <summary>The descriptors that the supervisor was given.</summary>
/// <param name="lockCount">How many locks there are: the name's, then those of images.</param>
/// <param name="passedCount">How many descriptors are passed on to QEMU.</param>
internal sealed class Inheritance(int lockCount, int passedCount)
{
    /// <summary>The channel to the starting process.</summary>
    public FileDescriptor Report { get; } = FileDescriptor.Inherited(MonitorProtocol.ReportDescriptor);

    /// <summary>The lock of the VM's name.</summary>
    public FileDescriptor NameLock { get; } = FileDescriptor.Inherited(MonitorProtocol.FirstLockDescriptor);

    /// <summary>The claims on images.</summary>
    public IReadOnlyList<FileDescriptor> Claims { get; } =
    [.. Enumerable.Range(MonitorProtocol.FirstLockDescriptor + 1, lockCount - 1).Select(FileDescriptor.Inherited)];

    /// <summary>Descriptors the starting process held for QEMU, in the order of the plan.</summary>
    public IReadOnlyList<FileDescriptor> Passed { get; } =
    [
        .. Enumerable
            .Range(MonitorProtocol.FirstLockDescriptor + lockCount, passedCount)
            .Select(FileDescriptor.Inherited),
    ];

    /// <summary>Reads the plan and lets go of the memory it was in.</summary>
    public LaunchPlan ReadPlan()
    {
        using var file = FileDescriptor.Inherited(MonitorProtocol.PlanDescriptor);
        return LaunchPlanJson.Deserialize(MemoryFile.Read(file));
    }
}
