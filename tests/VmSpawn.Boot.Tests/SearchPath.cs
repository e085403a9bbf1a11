namespace VmSpawn.Boot.Tests;

/// <summary>A directory that comes first in <c>PATH</c> as long as this is not disposed.</summary>
internal sealed class SearchPath : IDisposable
{
    private readonly string? _before = Environment.GetEnvironmentVariable("PATH");

    public SearchPath(string directory) => Environment.SetEnvironmentVariable("PATH", $"{directory}:{_before}");

    public void Dispose() => Environment.SetEnvironmentVariable("PATH", _before);
}
