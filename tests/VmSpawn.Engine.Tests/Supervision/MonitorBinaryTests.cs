using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Supervision;
using Xunit;

namespace VmSpawn.Engine.Tests.Supervision;

public sealed class MonitorBinaryTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public void It_is_beside_the_engine_or_in_the_folder_of_the_architecture()
    {
        var architecture =
            System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture
            == System.Runtime.InteropServices.Architecture.Arm64
                ? "linux-arm64"
                : "linux-x64";
        var second = directory.Write($"{architecture}/vmspawn-monitor", "");
        Assert.Equal(second, MonitorBinary.Locate(directory.Root));

        var first = directory.Write("vmspawn-monitor", "");
        Assert.Equal(first, MonitorBinary.Locate(directory.Root));
    }

    [Fact]
    public void Where_it_was_not_built_the_error_says_how_to_build_it()
    {
        var error = Assert.Throws<HostRequirementException>(() => MonitorBinary.Locate(directory.Root));

        Assert.Equal("MonitorNotFound", error.ErrorId);
        Assert.Contains("build.ps1 Build", error.Hint);
    }
}
