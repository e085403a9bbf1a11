using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Host;
using VmSpawn.Engine.Resolution;
using VmSpawn.Engine.Tests.Fakes;
using Xunit;

namespace VmSpawn.Engine.Tests.Resolution;

/// <summary>What follows from a name is what users of the original know (vectors of the spec, section 14).</summary>
public sealed class DerivedIdentityTests
{
    private readonly Scenario _scenario = new();

    [Fact]
    public void SipHash_gives_its_authors_test_vector()
    {
        byte[] key = [.. Enumerable.Range(0, 16).Select(i => (byte)i)];
        Assert.Equal(0xa129ca6149be45e5, SipHash.Compute(key, key.AsSpan(0, 15)));
    }

    [Theory]
    [InlineData("disk", 2552258294)]
    [InlineData("m1", 2348248283)]
    [InlineData("imga", 3888631996)]
    [InlineData("a", 2970610067)]
    [InlineData("image", 3275993745)]
    [InlineData("fedora-39-cloud", 4136449082)]
    [InlineData("debian", 2068585837)]
    [InlineData("my.vm", 2623639968)]
    [InlineData("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", 2130208627)]
    public void The_cid_follows_from_the_name(string name, uint cid) => Assert.Equal(cid, CidOf(name));

    [Fact]
    public void A_cid_that_is_taken_gives_way_to_the_next_and_then_to_chance()
    {
        _scenario.Host.TakenCids.Add(2552258294);
        Assert.Equal(24307665u, CidOf("disk"));
        _scenario.Host.TakenCids.Add(24307665);
        Assert.Equal(306302068u, CidOf("disk"));

        _scenario.Host.FreeCidAfter = 64;
        Assert.InRange(CidOf("disk"), VsockCid.Minimum, VsockCid.Maximum);
        _scenario.Host.FreeCidAfter = 128;
        var error = Assert.ThrowsAny<VmSpawnException>(() => CidOf("disk"));
        Assert.Equal("NoFreeVsockCid", error.ErrorId);
    }

    [Theory]
    [InlineData("3d1219c7c4c5404aaa1f6d2a48adfda4", "disk", "ea:75:e6:b3:56:88")]
    [InlineData("3d1219c7c4c5404aaa1f6d2a48adfda4", "averylongmachinename", "7a:59:4e:c9:58:55")]
    [InlineData("0123456789abcdef0123456789abcdef", "a", "d6:72:e7:52:3f:f9")]
    [InlineData("0123456789abcdef0123456789abcdef", "image", "ea:e9:79:e1:c0:96")]
    [InlineData("0123456789abcdef0123456789abcdef", "fedora-39-cloud", "ae:f8:80:e2:be:d6")]
    [InlineData("0123456789abcdef0123456789abcdef", "debian", "e6:ee:90:a8:af:6c")]
    [InlineData("0123456789abcdef0123456789abcdef", "my.vm", "4e:d2:9d:b0:27:37")]
    public void The_mac_address_follows_from_host_and_name(string machineId, string name, string mac)
    {
        _scenario.Host.MachineId = [.. Convert.FromHexString(machineId)];
        Assert.Equal(mac, _scenario.Resolve(Tap(name)).Network.MacAddress);
    }

    [Theory]
    [InlineData("foo", "vt-foo")]
    [InlineData("exactly-12by", "vt-exactly-12by")]
    [InlineData("fedora-39-cloud", "vt-fedora-3yaxi")]
    [InlineData("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", "vt-xxxxxxxxvzXg")]
    public void The_interface_has_a_name_of_15_bytes_at_most(string name, string expected)
    {
        var vm = _scenario.Resolve(Tap(name));
        Assert.Equal(expected, vm.Network.InterfaceName);
        Assert.Equal(expected != $"vt-{name}", vm.Warnings.Any(warning => warning.Contains(expected)));
    }

    [Fact]
    public void The_environment_may_give_another_mac_address()
    {
        _scenario.Host.WithEnvironment("SYSTEMD_VMSPAWN_NETWORK_MAC", "52-54-00-12-34-56");
        Assert.Equal("52:54:00:12:34:56", _scenario.Resolve(Tap("a")).Network.MacAddress);
        _scenario.Host.WithEnvironment("SYSTEMD_VMSPAWN_NETWORK_MAC", "00:00:00:00:00:00");
        Assert.Equal("d6:72:e7:52:3f:f9", _scenario.Resolve(Tap("a")).Network.MacAddress);
        _scenario.Host.WithEnvironment("SYSTEMD_VMSPAWN_NETWORK_MAC", "");
        Assert.Equal(
            "InvalidMac",
            Assert.Throws<InvalidValueException>(() => _scenario.Resolve(Scenario.FromDisk)).ErrorId
        );
    }

    [Fact]
    public void A_tap_interface_needs_root()
    {
        _scenario.Host.IsPrivileged = false;
        var error = Assert.Throws<HostRequirementException>(() => _scenario.Resolve(Tap("a")));
        Assert.Equal("TapNeedsRoot", error.ErrorId);
        Assert.Contains("-NetworkUserMode", error.Hint);
    }

    private uint CidOf(string name)
    {
        _scenario.Host.VhostVsock = new DeviceAccess(Usable: true, "/dev/vhost-vsock can be opened");
        return _scenario.Resolve(Scenario.FromDisk with { Name = MachineName.Parse(name) }).Vsock!.Cid;
    }

    private static VmConfiguration Tap(string name) =>
        Scenario.FromDisk with
        {
            Name = MachineName.Parse(name),
            Network = NetworkMode.Tap,
        };
}
