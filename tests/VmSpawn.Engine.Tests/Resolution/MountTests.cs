using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Host;
using VmSpawn.Engine.Planning;
using VmSpawn.Engine.Tests.Fakes;
using Xunit;

namespace VmSpawn.Engine.Tests.Resolution;

/// <summary>Which virtiofsd serves a directory, and how it is started.</summary>
public sealed class MountTests
{
    private const string Binary = "/usr/bin/virtiofsd";
    private readonly Scenario _scenario = new();

    public MountTests() =>
        _scenario
            .Host.WithFiles(Binary, "/usr/bin/unshare", "/usr/bin/newuidmap", "/k", "/i")
            .WithDirectory("/s")
            .WithDirectory("/tree");

    private VirtiofsdProgram Program
    {
        set => _scenario.Host.Virtiofsd = value;
    }

    [Fact]
    public void The_C_kind_has_options_of_its_own()
    {
        Program = new(Binary, VirtiofsdKind.C, new Version(7, 2, 22));
        _scenario.Host.WithDirectory(@"/a,b\c");

        var helper = Helper(Bind(new BindMount(@"/a,b\c", "/t", false)));

        Assert.Equal([Binary, "--fd=3", "-o", @"source=/a\,b\\c", "-o", "xattr", "-o", "log_level=err"], helper.Argv);
        Assert.Equal(3, helper.ListenDescriptor);
        Assert.Null(helper.Namespace);
    }

    [Fact]
    public void What_cannot_refuse_writes_by_itself_sees_a_directory_that_nobody_can_write()
    {
        Program = new(Binary, VirtiofsdKind.C, new Version(7, 2, 22));

        Assert.Equal(
            new HelperNamespace("/s", DirectoryView.ReadOnly),
            Helper(Bind(new BindMount("/s", "/t", true))).Namespace
        );
    }

    [Fact]
    public void The_Rust_kind_refuses_writes_itself()
    {
        var helper = Helper(Bind(new BindMount("/s", "/t", true)));

        Assert.Contains("--readonly", helper.Argv);
        Assert.Null(helper.Namespace);
    }

    [Fact]
    public void An_old_Rust_kind_gets_no_option_it_does_not_know()
    {
        Program = new(Binary, VirtiofsdKind.Rust, new Version(1, 4, 0))
        {
            RefusesWrites = false,
            TranslatesIds = false,
            AnnouncesSubmounts = false,
        };

        var helper = Helper(Bind(new BindMount("/s", "/t", true)));

        Assert.Equal([Binary, "--shared-dir", "/s", "--xattr", "--fd", "3", "--log-level=error"], helper.Argv);
        Assert.Equal(DirectoryView.ReadOnly, helper.Namespace!.View);
    }

    [Theory]
    [InlineData(VirtiofsdKind.C)]
    [InlineData(VirtiofsdKind.Rust)]
    public void Root_cannot_map_ids_with_a_kind_that_does_not_translate(VirtiofsdKind kind)
    {
        Program = new(Binary, kind, new Version(1, 4)) { TranslatesIds = false };

        var failure = Assert.Throws<HostRequirementException>(() => _scenario.Resolve(Tree("1000")));

        Assert.Equal("VirtiofsdCannotTranslateIds", failure.ErrorId);
        Assert.Contains("Rust, version 1.13", failure.Hint);
    }

    [Fact]
    public void Root_has_ids_translated()
    {
        var argv = Helper(Tree("524288:1000")).Argv;

        Assert.Equal("map:0:524288:1000", argv[argv.IndexOf("--translate-uid") + 1]);
        Assert.Equal("map:0:524288:1000", argv[argv.IndexOf("--translate-gid") + 1]);
    }

    [Fact]
    public void An_ephemeral_tree_gets_a_layer_and_a_bind_beside_it_none()
    {
        var vm = Tree(null) with { Ephemeral = true, Binds = [new BindMount("/s", "/t", false)] };

        var helpers = LaunchPlanner.Plan(_scenario.Resolve(vm)).Helpers;

        Assert.Equal(new HelperNamespace("/tree", DirectoryView.Ephemeral), helpers[0].Namespace);
        Assert.Null(helpers[1].Namespace);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_tree_is_claimed_and_what_is_shared_beside_it_is_not(bool ephemeral)
    {
        var vm = Tree(null) with { Ephemeral = ephemeral, Binds = [new BindMount("/s", "/t", false)] };

        Assert.Equal(
            new ImageClaim("/tree", Writable: !ephemeral),
            Assert.Single(LaunchPlanner.Plan(_scenario.Resolve(vm)).Claims)
        );
    }

    [Fact]
    public void An_ordinary_user_is_root_of_a_user_namespace_over_the_own_id()
    {
        AsUser(1001, "op");

        var helper = Helper(Bind(new BindMount("/s", "/t", false)));

        Assert.Equal(["/usr/bin/unshare", "--user", "--map-root-user", "--"], helper.Namespace!.UserNamespace);
        Assert.DoesNotContain("--translate-uid", helper.Argv);
    }

    [Fact]
    public void An_ordinary_users_own_id_can_stand_for_any_of_the_guests()
    {
        AsUser(1001, "op");
        var bind = new BindMount("/s", "/t", false)
        {
            UidMap = [new IdRange(500, 1001, 1)],
            GidMap = [new IdRange(0, 1001, 1)],
        };

        var argv = Helper(Bind(bind)).Argv;

        Assert.Equal("map:500:0:1", argv[argv.IndexOf("--translate-uid") + 1]);
        Assert.DoesNotContain("--translate-gid", argv);
    }

    [Fact]
    public void Automatic_private_users_are_the_callers_subordinate_ids()
    {
        AsUser(1001, "op");
        Ids("other:1:2\nop:200000:65536\nop:300000:65536\n", "1001:400000:1000\n");

        var helper = Helper(Tree(null) with { AutomaticPrivateUsers = true });

        Assert.Equal(
            [
                "/usr/bin/unshare",
                "--user",
                "--map-users=200000,0,1000",
                "--map-groups=400000,0,1000",
                "--setuid",
                "0",
                "--setgid",
                "0",
                "--",
            ],
            helper.Namespace!.UserNamespace
        );
    }

    [Theory]
    [InlineData("", "op:1:1")]
    [InlineData("op:1:1", "other:1:1")]
    [InlineData("op:x:1", "op:1:1")]
    [InlineData("op:1:0", "op:1:1")]
    [InlineData("op:0:65536", "op:1:1")]
    [InlineData("op:4294967295:2", "op:1:1")]
    public void Without_subordinate_ids_the_error_says_how_to_get_some(string users, string groups)
    {
        AsUser(1001, "op");
        Ids(users, groups);

        var failure = Assert.Throws<VmSpawnException>(() =>
            _scenario.Resolve(Tree(null) with { AutomaticPrivateUsers = true })
        );

        Assert.Equal("NoSubordinateIds", failure.ErrorId);
        Assert.Contains("usermod --add-subuids", failure.Hint);
        Assert.Contains(" op,", failure.Hint);
    }

    [Fact]
    public void The_C_kind_serves_an_ordinary_user_only_with_subordinate_ids()
    {
        AsUser(1001, "op");
        Ids("op:200000:65536", "op:200000:65536");
        Program = new(Binary, VirtiofsdKind.C, new Version(7, 2, 22));

        Assert.Equal(
            "VirtiofsdNeedsRoot",
            Assert.Throws<HostRequirementException>(() => _scenario.Resolve(Tree(null))).ErrorId
        );
        Assert.NotNull(Helper(Tree(null) with { AutomaticPrivateUsers = true }).Namespace);
    }

    [Fact]
    public void What_an_ordinary_user_needs_and_has_not_is_named()
    {
        AsUser(1001, "op");
        _scenario.Host.WithoutFile("/usr/bin/newuidmap");
        Assert.Equal(
            "NewuidmapNotFound",
            Assert.Throws<HostRequirementException>(() => _scenario.Resolve(Tree("200000"))).ErrorId
        );

        _scenario.Host.WithoutFile("/usr/bin/unshare");
        Assert.Equal(
            "UnshareNotFound",
            Assert.Throws<HostRequirementException>(() => _scenario.Resolve(Tree("200000"))).ErrorId
        );
    }

    [Fact]
    public void An_ordinary_user_cannot_map_several_ranges()
    {
        AsUser(1001, "op");
        var bind = new BindMount("/s", "/t", false) { UidMap = [new IdRange(0, 1, 2), new IdRange(5, 6, 7)] };

        Assert.Equal("IdsNotMappable", Assert.Throws<VmSpawnException>(() => _scenario.Resolve(Bind(bind))).ErrorId);
    }

    private static VmConfiguration Bind(BindMount bind) =>
        new()
        {
            Name = MachineName.Parse("x"),
            Linux = HostPath.Parse("/k", "linux"),
            Firmware = FirmwareChoice.None,
            Binds = [bind],
        };

    private static VmConfiguration Tree(string? privateUsers) =>
        new()
        {
            Directory = HostPath.Parse("/tree", "directory"),
            Linux = HostPath.Parse("/k", "linux"),
            Firmware = FirmwareChoice.None,
            PrivateUsers = privateUsers is null ? null : IdMapping.Parse(privateUsers),
        };

    private PlannedHelper Helper(VmConfiguration configuration) =>
        LaunchPlanner.Plan(_scenario.Resolve(configuration)).Helpers[0];

    private void AsUser(uint id, string name)
    {
        _scenario.Host.IsPrivileged = false;
        _scenario.Host.UserId = id;
        _scenario.Host.WithFile(
            "/etc/passwd",
            $"root:x:0:0::/root:/bin/sh\n{name}:x:{id}:{id}::/home/{name}:/bin/sh\n"
        );
    }

    private void Ids(string users, string groups) =>
        _scenario.Host.WithFile("/etc/subuid", users).WithFile("/etc/subgid", groups);
}
