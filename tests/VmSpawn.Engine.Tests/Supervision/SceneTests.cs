using Xunit;

namespace VmSpawn.Engine.Tests.Supervision;

/// <summary>Tests that run the supervisor for real, each in a scene of its own.</summary>
public abstract class SceneTests : IAsyncLifetime
{
    internal Scene Scene { get; } = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await Scene.DisposeAsync();
    }
}
