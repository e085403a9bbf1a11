using System.Text;
using CsCheck;
using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Host;
using VmSpawn.Engine.Planning;
using VmSpawn.Engine.Resolution;
using VmSpawn.Engine.Tests.Fakes;
using Xunit;

namespace VmSpawn.Engine.Tests.Resolution;

/// <summary>Users of the host who are users of the guest, too.</summary>
public sealed class BoundUserTests
{
    private readonly Scenario _scenario = new();

    public BoundUserTests()
    {
        _scenario.Host.Files.AddFile(
            "/etc/passwd",
            "root:x:0:0:root:/root:/bin/bash\nbroken\nalice:x:1001:1002:Alice,,,:/home/alice:/bin/zsh\nbob:x:1003:1003::/home/bob:/bin/sh\n"
        );
        _scenario.Host.Files.AddFile("/usr/bin/virtiofsd");
    }

    [Fact]
    public void Each_gets_an_id_of_the_range_for_mapped_users_and_its_home()
    {
        var plan = LaunchPlanner.Plan(Resolve("bob", "alice"));

        Assert.Collection(
            plan.Helpers,
            helper => Assert.Equal(["map:60514:1003:1", "map:60514:1003:1"], Translations(helper)),
            helper => Assert.Equal(["map:60515:1001:1", "map:60515:1002:1"], Translations(helper))
        );
        Assert.Contains("/run/vmhost/home/alice:virtiofs:rw", string.Join(' ', Scenario.ValuesOf(plan, "-smbios")));
    }

    [Fact]
    public void The_guest_gets_records_of_user_and_group()
    {
        var vm = _scenario.Resolve(
            Configuration("alice") with
            {
                BindUserShell = UserShell.SameAsHost,
                BindUserGroups = [UserName.Parse("wheel", "bind-user-group")],
            }
        );

        Assert.Equal(
            """{"userName":"alice","uid":60514,"gid":60514,"homeDirectory":"/run/vmhost/home/alice","service":"io.systemd.NSpawn","shell":"/bin/zsh","memberOf":["wheel"],"privileged":{}}""",
            Text(vm, "userdb.transient.user.alice")
        );
        Assert.Equal(
            """{"groupName":"alice","gid":60514,"service":"io.systemd.NSpawn"}""",
            Text(vm, "userdb.transient.group.alice")
        );
    }

    [Theory]
    [InlineData("BindUserNotFound", "carol")]
    [InlineData("BindUserNotFound", "broken")]
    [InlineData("BindUserNotOrdinary", "root")]
    public void Who_is_no_ordinary_user_is_an_error(string errorId, string name) =>
        Assert.Equal(errorId, Assert.Throws<VmSpawnException>(() => Resolve(name)).ErrorId);

    [Fact]
    public void A_shell_or_a_group_without_a_user_is_an_error()
    {
        Assert.Equal(
            "NoBoundUser",
            Assert
                .Throws<VmSpawnException>(() =>
                    _scenario.Resolve(Scenario.FromDisk with { BindUserShell = UserShell.SameAsHost })
                )
                .ErrorId
        );
        Assert.Equal(
            "NoBoundUser",
            Assert
                .Throws<VmSpawnException>(() =>
                    _scenario.Resolve(Scenario.FromDisk with { BindUserGroups = [UserName.Parse("wheel", "x")] })
                )
                .ErrorId
        );
    }

    [Theory]
    [InlineData("yes", true, null)]
    [InlineData("0", false, null)]
    [InlineData("/bin/zsh", false, "/bin/zsh")]
    public void A_shell_is_a_boolean_or_a_path(string text, bool sameAsHost, string? path)
    {
        Assert.Equal(sameAsHost, UserShell.Parse(text).IsSameAsHost);
        Assert.Equal(path, UserShell.Parse(text).Path);
    }

    [Theory]
    [InlineData("")]
    [InlineData("zsh")]
    [InlineData("/bin/../zsh")]
    [InlineData("/bin/z\nsh")]
    public void Another_shell_is_refused(string text) =>
        Assert.Equal("InvalidBindUserShell", Assert.Throws<InvalidValueException>(() => UserShell.Parse(text)).ErrorId);

    [Fact]
    public void A_name_that_is_accepted_needs_no_quoting_anywhere() =>
        Gen.String[Gen.Char["aZ0_-. /:\né"], 0, 34]
            .Sample(text =>
            {
                try
                {
                    return UserName
                        .Parse(text, "bind-user")
                        .Value.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-');
                }
                catch (InvalidValueException)
                {
                    return true;
                }
            });

    [Fact]
    public void Any_line_of_a_password_file_is_a_user_or_none() =>
        Gen.String.Sample(line => PasswordFile.Parse(line) is null or { Name.Length: > 0 });

    private static VmConfiguration Configuration(params string[] names) =>
        Scenario.FromDisk with
        {
            BindUsers = [.. names.Select(name => UserName.Parse(name, "bind-user"))],
        };

    private ResolvedVm Resolve(params string[] names) => _scenario.Resolve(Configuration(names));

    private static string[] Translations(PlannedHelper helper) =>
        [.. helper.Argv.Where(word => word.StartsWith("map:", StringComparison.Ordinal))];

    private static string Text(ResolvedVm vm, string id) =>
        Encoding.UTF8.GetString([.. vm.Credentials.Single(credential => credential.Id == id).Content]);
}
