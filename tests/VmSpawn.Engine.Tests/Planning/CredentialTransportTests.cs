using System.Text;
using CsCheck;
using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Host;
using VmSpawn.Engine.Planning;
using VmSpawn.Engine.Tests.Fakes;
using Xunit;

namespace VmSpawn.Engine.Tests.Planning;

/// <summary>Which credential takes which way (docs/adr/0007).</summary>
public sealed class CredentialTransportTests
{
    private readonly Scenario _scenario = new();

    [Fact]
    public void A_mebibyte_goes_as_bytes_through_the_firmware_configuration()
    {
        var plan = Plan(("big", 1 << 20));

        var path = Assert.Single(plan.Credentials).Path;
        Assert.Equal([$"name=opt/io.systemd.credentials/big,file={path}"], Scenario.ValuesOf(plan, "-fw_cfg"));
        var file = Assert.IsType<WrittenFile>(plan.Files.Single(file => file.Path == path));
        Assert.True(file.Secret);
        Assert.Equal(1 << 20, file.Content.Length);
        Assert.Contains("slowly", Assert.Single(plan.Warnings));
    }

    [Fact]
    public void What_has_room_in_the_tables_goes_there_whatever_comes_before_it()
    {
        var plan = Plan(("big", 100_000), ("small", 10), ("middle", 20_000));

        Assert.Equal(["big", "small", "middle"], plan.Credentials.Select(credential => credential.Id));
        Assert.Contains("/big,", Assert.Single(Scenario.ValuesOf(plan, "-fw_cfg")));
        Assert.Equal(2, TableStrings(plan).Count);
        Assert.Empty(plan.Warnings);
    }

    [Fact]
    public void One_whose_name_is_too_long_for_the_other_way_comes_first_in_the_tables()
    {
        var name = new string('n', 29);
        var plan = Plan(("a", 20_000), ("b", 20_001), (name, 30_000));

        Assert.Equal([name], TableStrings(plan).Select(text => text.Split(':', '=')[1]));
        var error = Assert.ThrowsAny<VmSpawnException>(() => Plan((name, 40_000)));
        Assert.Equal("CredentialNotTransportable", error.ErrorId);
        Assert.Contains("40000 bytes", error.Message);
        Assert.Contains("28 characters", error.Message);
    }

    [Fact]
    public void Strings_of_the_users_and_processors_take_room_from_credentials()
    {
        var configuration = With(("a", 30_000));
        Assert.Single(TableStrings(_scenario.Plan(configuration)));

        var strings = configuration with { Smbios11 = [new string('s', 10_000)] };
        Assert.Empty(TableStrings(_scenario.Plan(strings)));

        var processors = configuration with { Cpus = CpuTopology.Parse("200") };
        Assert.Empty(TableStrings(_scenario.Plan(processors)));
    }

    [Fact]
    public void Many_files_get_more_places_in_the_device()
    {
        var four = Plan([.. Enumerable.Range(0, 4).Select(i => ($"c{i}", 60_000))]);
        Assert.Empty(Scenario.ValuesOf(four, "-global"));

        var five = Plan([.. Enumerable.Range(0, 5).Select(i => ($"c{i}", 60_000))]);
        Assert.Equal(["fw_cfg.x-file-slots=69"], Scenario.ValuesOf(five, "-global"));
    }

    [Fact]
    public void More_than_a_mebibyte_together_is_refused_and_said()
    {
        _ = Plan(("a", 1 << 19), ("b", 1 << 19));

        var error = Assert.ThrowsAny<VmSpawnException>(() => Plan(("a", 1 << 19), ("b", (1 << 19) + 1)));
        Assert.Equal("CredentialsTooLarge", error.ErrorId);
        Assert.Contains("1048577 bytes", error.Message);
    }

    [Fact]
    public void What_comes_by_itself_gives_way_to_a_full_mebibyte_of_the_users()
    {
        _scenario.Host.VhostVsock = new DeviceAccess(Usable: true, "it can be opened");

        var configuration = With(("a", 1 << 20)) with { NotifyTransport = NotifyTransport.Auto };

        foreach (var vsock in (Tristate[])[Tristate.Yes, Tristate.No])
        {
            var plan = _scenario.Plan(configuration with { Vsock = vsock });

            Assert.Equal(["a"], plan.Credentials.Select(credential => credential.Id));
            Assert.Contains(plan.Warnings, text => text.Contains("is not handed over: the others take all"));
        }
    }

    [Fact]
    public void Whatever_is_given_arrives_in_full_and_within_the_limits_of_qemu() =>
        Gen.Int[0, 60_000]
            .Array[0, 17]
            .Select(Gen.Int[1, 60].Array[17], (sizes, names) => (sizes, names))
            .Sample(
                sample =>
                {
                    var credentials = sample
                        .sizes.Select(
                            (size, i) => ($"{i}-{new string('x', sample.names[i])}"[..(sample.names[i] + 1)], size)
                        )
                        .DistinctBy(item => item.Item1)
                        .ToArray();
                    LaunchPlan plan;
                    try
                    {
                        plan = new Scenario().Plan(With(credentials));
                    }
                    catch (VmSpawnException error)
                    {
                        Assert.Equal("CredentialNotTransportable", error.ErrorId);
                        Assert.Contains(credentials, item => item.Item1.Length > 28);
                        return;
                    }

                    Assert.Equal(credentials.Select(item => item.Item1), plan.Credentials.Select(item => item.Id));
                    Assert.True(TableStrings(plan).Sum(text => text.Length + 1) <= 48 * 1024);
                    foreach (var (id, size) in credentials)
                    {
                        Assert.Equal(Content(size), Arrived(plan, id));
                    }
                },
                iter: 200
            );

    private static byte[] Content(int size)
    {
        var bytes = new byte[size];
        new Random(size).NextBytes(bytes);
        return bytes;
    }

    private static VmConfiguration With(params (string Id, int Size)[] credentials) =>
        Scenario.FromKernel with
        {
            // It would bring credentials of its own.
            NotifyTransport = NotifyTransport.None,
            Credentials =
            [
                .. credentials.Select(item =>
                    CredentialSpec.FromBytes(CredentialId.Parse(item.Id), [.. Content(item.Size)])
                ),
            ],
        };

    private static byte[] Arrived(LaunchPlan plan, string id)
    {
        var path = plan.Credentials.Single(credential => credential.Id == id).Path;
        var content = plan.Files.OfType<WrittenFile>().Single(file => file.Path == path).Content.AsSpan();
        if (Scenario.ValuesOf(plan, "-fw_cfg").Contains($"name=opt/io.systemd.credentials/{id},file={path}"))
        {
            return content.ToArray();
        }

        Assert.Contains($"type=11,path={path}", Scenario.ValuesOf(plan, "-smbios"));
        var text = Encoding.ASCII.GetString(content);
        var prefix = $"io.systemd.credential.binary:{id}=";
        Assert.StartsWith(prefix, text);
        return Convert.FromBase64String(text[prefix.Length..]);
    }

    private static List<string> TableStrings(LaunchPlan plan) =>
        [
            .. plan
                .Files.OfType<WrittenFile>()
                .Where(file => Scenario.ValuesOf(plan, "-smbios").Contains($"type=11,path={file.Path}"))
                .Select(file => Encoding.ASCII.GetString(file.Content.AsSpan()))
                .Where(text => text.StartsWith("io.systemd.credential", StringComparison.Ordinal)),
        ];

    private LaunchPlan Plan(params (string Id, int Size)[] credentials) => _scenario.Plan(With(credentials));
}
