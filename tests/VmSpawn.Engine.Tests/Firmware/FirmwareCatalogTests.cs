using System.Text.Json.Nodes;
using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Firmware;
using VmSpawn.Engine.Tests.Host;
using Xunit;

namespace VmSpawn.Engine.Tests.Firmware;

public sealed class FirmwareCatalogTests : IDisposable
{
    private static readonly FirmwareQuery Query = new() { Architecture = "x86_64", MachineType = "q35" };

    private readonly TemporaryDirectory directory = new();
    private readonly string code;
    private readonly string vars;

    public FirmwareCatalogTests()
    {
        code = directory.Write("code.fd", "CODE");
        vars = directory.Write("vars.fd", "VARS");
    }

    public void Dispose() => directory.Dispose();

    private FirmwareCatalog Catalog =>
        new(
            new DirectoryHost
            {
                FirmwareDirectories = [directory.PathOf("high"), directory.PathOf("absent"), directory.PathOf("low")],
            }
        );

    private JsonObject Ordinary(params string[] features) => DescriptorBuilder.Ordinary(code, vars, features);

    private JsonObject Stateless(params string[] features) => DescriptorBuilder.Ordinary(code, null, features);

    private string Add(string path, JsonObject descriptor) => directory.Write(path, descriptor.ToJsonString());

    private string? Selected(FirmwareQuery query)
    {
        var selected = Catalog.Select(query)?.Path;
        Assert.Equal(selected, Catalog.Evaluate(query).SingleOrDefault(c => c.Selected)?.Path);
        return selected is null ? null : Path.GetFileName(selected);
    }

    private string ReasonOf(string name, FirmwareQuery? query = null) =>
        Catalog.Evaluate(query ?? Query).Single(c => Path.GetFileName(c.Path) == name).Reason;

    [Fact]
    public void Files_are_listed_by_name_and_higher_directories_hide_lower_ones()
    {
        var low50 = Add("low/50-b.json", Ordinary());
        Add("low/60-c.json", Ordinary());
        var high60 = Add("high/60-c.json", Ordinary());
        var high05 = directory.Write("high/05-bad.json", "{\n");
        directory.Write("high/note.txt", "hi");
        directory.Write("high/.hidden.json", "{}");
        directory.Write("high/backup.json~", "{}");
        directory.MakeDirectory("high/50-b.json");

        Assert.Equal([high05, low50, high60], Catalog.List());
    }

    [Fact]
    public void An_empty_file_and_a_link_to_dev_null_mask_and_a_dangling_link_does_not()
    {
        Add("low/1.json", Ordinary());
        Add("low/2.json", Ordinary());
        var third = Add("low/3.json", Ordinary());
        directory.Write("high/1.json", "");
        directory.Link("high/2.json", "/dev/null");
        directory.Link("high/3.json", "nowhere");

        Assert.Equal([third], Catalog.List());
    }

    [Fact]
    public void The_first_that_fits_is_taken_and_each_other_one_says_why_not()
    {
        Add("low/10-enrolled.json", Ordinary("secure-boot", "enrolled-keys"));
        Add("low/20-bios.json", Ordinary().With("interface-types", new JsonArray("bios")));
        Add(
            "low/30-arm.json",
            Ordinary().With("targets", new JsonArray(DescriptorBuilder.Target("aarch64", "virt-*")))
        );
        Add(
            "low/31-pc.json",
            Ordinary().With("targets", new JsonArray(DescriptorBuilder.Target("x86_64", "pc-i440fx-*")))
        );
        Add("low/40-sev.json", Stateless("amd-sev", "amd-sev-snp"));
        Add("low/41-stateless.json", Stateless());
        Add("low/42-combined.json", Stateless().WithMapping("mode", "combined"));
        Add("low/43-kernel.json", Ordinary().With("mapping", Mapping("kernel")));
        Add("low/44-tdx.json", Ordinary("intel-tdx").With("mapping", Mapping("memory")));
        Add("low/45-memory.json", Ordinary().With("mapping", Mapping("memory")));
        Add("low/50-nofile.json", DescriptorBuilder.Ordinary(directory.PathOf("absent.fd"), vars));
        Add("low/51-novars.json", DescriptorBuilder.Ordinary(code, directory.PathOf("absent-vars.fd")));
        directory.Write("low/52-bad.json", "{");
        Add("low/60-good.json", Ordinary("acpi-s3", "amd-sev"));
        Add("low/70-next.json", Ordinary());

        Assert.Equal("60-good.json", Selected(Query));
        Assert.Equal("it has the feature enrolled-keys", ReasonOf("10-enrolled.json"));
        Assert.Equal("it offers bios, not uefi", ReasonOf("20-bios.json"));
        Assert.Contains("aarch64 (virt-*), not for x86_64 (q35)", ReasonOf("30-arm.json"));
        Assert.Contains("not for x86_64 (q35)", ReasonOf("31-pc.json"));
        Assert.Contains("confidential", ReasonOf("40-sev.json"));
        Assert.Equal("it has no variable store", ReasonOf("41-stateless.json"));
        Assert.Contains("combined", ReasonOf("42-combined.json"));
        Assert.Contains("kernel", ReasonOf("43-kernel.json"));
        Assert.Contains("confidential", ReasonOf("44-tdx.json"));
        Assert.Equal("it has no variable store", ReasonOf("45-memory.json"));
        Assert.Contains("absent.fd' does not exist", ReasonOf("50-nofile.json"));
        Assert.Contains("absent-vars.fd' does not exist", ReasonOf("51-novars.json"));
        Assert.Contains("not valid", ReasonOf("52-bad.json"));
        Assert.Equal("it is the first that fits", ReasonOf("60-good.json"));
        Assert.Equal("it fits, but 60-good.json comes first", ReasonOf("70-next.json"));
    }

    private JsonObject Mapping(string device) => new() { ["device"] = device, ["filename"] = code };

    [Fact]
    public void Secure_Boot_can_be_demanded_forbidden_or_left_open()
    {
        Add("low/1.json", Ordinary());
        Add("low/2.json", Ordinary("secure-boot"));

        Assert.Equal("1.json", Selected(Query));
        Assert.Equal("2.json", Selected(Query with { SecureBoot = Tristate.Yes }));
        Assert.Equal("1.json", Selected(Query with { SecureBoot = Tristate.No }));
        Assert.Equal("it lacks the feature secure-boot", ReasonOf("1.json", Query with { SecureBoot = Tristate.Yes }));
        Assert.Equal("it has the feature secure-boot", ReasonOf("2.json", Query with { SecureBoot = Tristate.No }));
    }

    // The cases of the spec, section 13 C2, by number.
    [Theory]
    [InlineData("1-stateless.json", "2-stateful.json")]
    [InlineData("2-stateless.json", "1-stateful.json")]
    public void C2_1_and_2_stateful_and_stateless_firmware_do_not_get_into_each_others_way(
        string stateless,
        string stateful
    )
    {
        Add("low/" + stateless, Stateless("a"));
        Add("low/" + stateful, Ordinary("a"));
        var query = Query with { IncludedFeatures = ["a"] };

        Assert.Equal(stateful, Selected(query));
        Assert.Equal(stateless, Selected(query with { Stateless = true }));
    }

    [Fact]
    public void C2_3_only_raw_code_can_be_demanded()
    {
        Add("low/1-qcow2.json", Stateless("c").WithMapping("executable", DescriptorBuilder.File(code, "qcow2")));
        Add("low/2-raw.json", Stateless("c"));
        var query = Query with { IncludedFeatures = ["c"], Stateless = true };

        Assert.Equal("1-qcow2.json", Selected(query));
        Assert.Equal("2-raw.json", Selected(query with { RawOnly = true }));
    }

    [Fact]
    public void C2_4_memory_mapped_firmware_is_stateless_and_raw()
    {
        Add("low/1.json", Ordinary("m").With("mapping", Mapping("memory")));
        var query = Query with { IncludedFeatures = ["m"] };

        Assert.Null(Selected(query));
        Assert.Equal("1.json", Selected(query with { Stateless = true, RawOnly = true }));
    }

    [Fact]
    public void C2_5_combined_flash_is_never_selected()
    {
        Add("low/1.json", Stateless("f").WithMapping("mode", "combined"));
        var query = Query with { IncludedFeatures = ["f"] };

        Assert.Null(Selected(query));
        Assert.Null(Selected(query with { Stateless = true }));
    }

    [Fact]
    public void C2_7_features_are_included_and_excluded_and_inclusion_wins()
    {
        Add("low/1.json", Ordinary("e1", "e2", "secure-boot"));
        Add("low/2.json", Ordinary("e1"));

        Assert.Equal("1.json", Selected(Query with { IncludedFeatures = ["e1"] }));
        Assert.Equal("2.json", Selected(Query with { IncludedFeatures = ["e1"], ExcludedFeatures = ["e2"] }));
        Assert.Equal("1.json", Selected(Query with { IncludedFeatures = ["e1", "e2"], ExcludedFeatures = ["e2"] }));
        Assert.Null(Selected(Query with { IncludedFeatures = ["e1", "nonexistent"] }));
    }

    [Fact]
    public void Enrolled_keys_are_taken_when_asked_for_or_no_longer_excluded()
    {
        Add("low/1.json", Ordinary("enrolled-keys", "secure-boot"));

        Assert.Null(Selected(Query));
        Assert.Equal("1.json", Selected(Query with { IncludedFeatures = ["enrolled-keys"] }));
        Assert.Equal("1.json", Selected(Query with { ExcludedFeatures = [] }));
    }

    [Fact]
    public void A_named_descriptor_is_loaded_without_any_filter()
    {
        var path = Add("named.json", Stateless("enrolled-keys").With("interface-types", new JsonArray("bios")));

        Assert.Equal(path, Catalog.Load(path).Path);
    }

    [Fact]
    public void A_named_descriptor_that_cannot_be_used_says_what_is_wrong_with_it()
    {
        VmSpawnException Refused(string path) => Assert.ThrowsAny<VmSpawnException>(() => Catalog.Load(path));

        Assert.Equal("FirmwareDescriptorNotFound", Refused("/absent.json").ErrorId);
        Assert.Equal("FirmwareDescriptorNotReadable", Refused(directory.Root).ErrorId);
        Assert.Equal("InvalidFirmwareDescriptor", Refused(directory.Write("empty.json", "")).ErrorId);
        var missing = Refused(Add("x.json", DescriptorBuilder.Ordinary(code, "/nonexistent/vars.fd")));
        Assert.Equal("FirmwareFileMissing", missing.ErrorId);
        Assert.Contains("/nonexistent/vars.fd", missing.Message);
    }

    [Fact]
    public void Features_of_all_descriptors_are_collected()
    {
        Add("low/1.json", Ordinary("b", "a"));
        Add("low/2.json", Ordinary("c", "a"));
        directory.Write("low/3.json", "{");

        Assert.Equal(["a", "b", "c"], Catalog.ListFeatures());
    }
}
