using VmSpawn.Engine.Machines;
using Xunit;

namespace VmSpawn.Engine.Tests.Machines;

public sealed class RuntimeRootTests
{
    [Theory]
    [InlineData(0, null, null, "/run/vmspawn")]
    [InlineData(0, null, "/run/user/1000", "/run/vmspawn")]
    [InlineData(1000, null, "/run/user/1000", "/run/user/1000/vmspawn")]
    [InlineData(1000, null, null, "/tmp/vmspawn-1000")]
    [InlineData(1000, null, "", "/tmp/vmspawn-1000")]
    [InlineData(1000, null, "relative", "/tmp/vmspawn-1000")]
    [InlineData(0, "/tmp/x", null, "/tmp/x")]
    [InlineData(1000, "/tmp/x/", "/run/user/1000", "/tmp/x")]
    public void It_is_where_the_user_s_runtime_files_belong(uint user, string? named, string? xdg, string expected)
    {
        string? Look(string variable) =>
            variable switch
            {
                RuntimeRoot.OverrideVariable => named,
                "XDG_RUNTIME_DIR" => xdg,
                _ => null,
            };

        Assert.Equal(expected, RuntimeRoot.Locate(Look, user));
    }
}
