using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Machines;
using VmSpawn.Engine.Planning;
using VmSpawn.Engine.Supervision;

namespace VmSpawn.Services;

/// <summary>The engine on this host, for the user who runs this process.</summary>
internal sealed class LocalEngine : IEngineServices
{
    // Looked up each time: the runtime directory follows the environment, which a script may change.
    private static MachineStore Store => MachineStore.ForCurrentUser();

    private static MachineControl Control => new(Store);

    /// <inheritdoc/>
    public LaunchPlan Plan(VmConfiguration configuration) => throw new NotSupportedException();

    /// <inheritdoc/>
    public Task<MachineRecord> StartAsync(
        LaunchPlan plan,
        IProgress<StartProgress>? progress,
        CancellationToken cancellationToken
    ) => new MachineStarter(Store, MonitorBinary.Locate()).StartAsync(plan, progress, cancellationToken);

    /// <inheritdoc/>
    public IReadOnlyList<MachineRecord> List() => Store.List();

    /// <inheritdoc/>
    public MachineRecord? Find(string name) => Store.Find(name);

    /// <inheritdoc/>
    public Task<MachineRecord> StopAsync(string name, StopRequest request, CancellationToken cancellationToken) =>
        Control.StopAsync(name, request, cancellationToken);

    /// <inheritdoc/>
    public Task<MachineRecord> WaitAsync(
        string name,
        WaitCondition condition,
        TimeSpan? timeout,
        CancellationToken cancellationToken
    ) => Control.WaitAsync(name, condition, timeout, cancellationToken);

    /// <inheritdoc/>
    public Task<Stream> OpenConsoleAsync(string name, int history, CancellationToken cancellationToken) =>
        Control.OpenConsoleAsync(name, history: history, cancellationToken: cancellationToken);

    /// <inheritdoc/>
    public void Forget(string name) => Store.Forget(name);
}
