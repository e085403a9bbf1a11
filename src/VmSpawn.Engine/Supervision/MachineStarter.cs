using VmSpawn.Engine.Machines;
using VmSpawn.Engine.Planning;

namespace VmSpawn.Engine.Supervision;

/// <summary>Carries out launch plans: reserves what a VM needs and starts its supervisor.</summary>
/// <param name="store">Where the VM will be recorded.</param>
/// <param name="monitorPath">The supervisor's program; see <see cref="MonitorBinary.Locate()"/>.</param>
public sealed class MachineStarter(MachineStore store, string monitorPath)
{
    /// <summary>
    /// Starts the VM and returns once QEMU runs its guest. The VM does not depend on this process any more then.
    /// </summary>
    /// <param name="plan">What to start. Its run directory must be the store's for that name.</param>
    /// <param name="progress">Told of each step, on any thread; may be <see langword="null"/>.</param>
    /// <param name="cancellationToken">Undoes everything that was done before the task ends.</param>
    /// <returns>The VM's record in the state <see cref="MachineState.Running"/> or <see cref="MachineState.Paused"/>.</returns>
    /// <exception cref="Errors.VmSpawnException">
    /// <c>MachineNameBusy</c>, <c>ImageBusy</c>, <c>RuntimeDirectoryInsecure</c>, <c>RuntimeDirectoryTooLong</c>,
    /// <c>MonitorFailed</c> and what the supervisor reports. Nothing is left of the VM then.
    /// </exception>
    /// <exception cref="Errors.StartFailedException">
    /// <c>QemuExited</c>, <c>QemuNotAnswering</c>, <c>HelperFailed</c>: with the words of the program that failed.
    /// </exception>
    /// <exception cref="OperationCanceledException">It was cancelled; nothing is left of the VM.</exception>
    public Task<MachineRecord> StartAsync(
        LaunchPlan plan,
        IProgress<StartProgress>? progress = null,
        CancellationToken cancellationToken = default
    ) => throw new NotSupportedException($"{store.Root} {monitorPath}");
}
