using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Machines;
using VmSpawn.Services;

namespace VmSpawn.PowerShell.Tests.Services;

/// <summary>The real engine as far as it needs nothing to be installed.</summary>
public sealed class LocalEngineTests : IDisposable
{
    private readonly string? _before = Environment.GetEnvironmentVariable(RuntimeRoot.OverrideVariable);
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("vmt-");
    private readonly LocalEngine _engine = new();

    public LocalEngineTests() =>
        Environment.SetEnvironmentVariable(RuntimeRoot.OverrideVariable, Path.Combine(_directory.FullName, "r"));

    public void Dispose()
    {
        Environment.SetEnvironmentVariable(RuntimeRoot.OverrideVariable, _before);
        _directory.Delete(recursive: true);
    }

    [Fact]
    public void Where_nothing_runs_nothing_is_found_and_nothing_made()
    {
        Assert.Empty(_engine.List());
        Assert.Null(_engine.Find("a"));
        Assert.Empty(_directory.EnumerateFileSystemInfos());
    }

    [Fact]
    public void An_image_that_is_not_there_is_refused_by_name()
    {
        var path = Path.Combine(_directory.FullName, "nope.raw");
        var error = Assert.Throws<VmSpawnException>(() =>
            _engine.Plan(new VmConfiguration { Image = HostPath.Parse(path, "image") })
        );

        Assert.Equal("ImageNotFound", error.ErrorId);
        Assert.Equal(path, error.Target);
    }

    [Fact]
    public void An_unknown_architecture_is_refused_by_name()
    {
        var error = Assert.Throws<InvalidValueException>(() => _engine.ListFirmware("vax", Tristate.Auto, []));

        Assert.Equal("InvalidArchitecture", error.ErrorId);
        Assert.Equal("vax", error.Target);
    }

    [Fact]
    public void At_most_one_firmware_is_selected() =>
        Assert.True(_engine.ListFirmware(null, Tristate.Auto, []).Count(candidate => candidate.Selected) <= 1);
}
