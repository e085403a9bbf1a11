using VmSpawn.PowerShell.Tests.Hosting;

namespace VmSpawn.PowerShell.Tests.Commands;

public sealed class NewVmMountTests : IDisposable
{
    private readonly TestShell _shell = new();

    public void Dispose() => _shell.Dispose();

    [Fact]
    public void A_relative_source_starts_from_the_shells_location()
    {
        var mount = _shell.Run("New-VmMount ./in").Single<Mount>();

        Assert.Equal($"{_shell.Directory.FullName}/in", mount.Source);
        Assert.Equal(mount.Source, mount.Target);
        Assert.False(mount.ReadOnly);
        Assert.Empty(mount.UidMap);
    }

    [Fact]
    public void Everything_that_was_given_is_in_the_object()
    {
        var mount = _shell.Run("New-VmMount /s /t -ReadOnly -UidMap 0:1000 -GidMap 0:1000:5, 9:9").Single<Mount>();

        Assert.Equal(("/s", "/t", true), (mount.Source, mount.Target, mount.ReadOnly));
        Assert.Equal(["0:1000:1"], mount.UidMap);
        Assert.Equal(["0:1000:5", "9:9:1"], mount.GidMap);
    }

    [Fact]
    public void Folders_bind_by_pipeline()
    {
        var mount = _shell.Run("[IO.DirectoryInfo]'/srv/x' | New-VmMount -Target /t").Single<Mount>();

        Assert.Equal(("/srv/x", "/t"), (mount.Source, mount.Target));
    }

    [Theory]
    [InlineData("/s relative", "InvalidTarget")]
    [InlineData("/s /t -UidMap x", "InvalidUidMap")]
    [InlineData("/s /t -UidMap 0:1:0", "InvalidUidMap")]
    [InlineData("/s /t -GidMap 0:4294967295", "InvalidGidMap")]
    public void A_bad_value_is_named(string arguments, string expected) =>
        Assert.StartsWith(expected, _shell.Run($"New-VmMount {arguments}").SingleError().FullyQualifiedErrorId);

    [Fact]
    public void Its_text_is_what_Bind_takes() =>
        Assert.Equal(@"/a\:b\\c:/t", _shell.Run(@"New-VmMount '/a:b\c' /t").Single<Mount>().ToString());
}
