using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Firmware;
using Xunit;

namespace VmSpawn.Engine.Tests.Firmware;

public sealed class FirmwareDescriptorTests
{
    private static JsonObject Good => DescriptorBuilder.Ordinary("/fw/code.fd", "/fw/vars.fd", "secure-boot");

    private static FirmwareDescriptor Parse(string json) =>
        FirmwareDescriptor.Parse("/x.json", Encoding.UTF8.GetBytes(json));

    private static string Refused(JsonNode json) => Refused(json.ToJsonString());

    private static string Refused(string json)
    {
        var error = Assert.Throws<InvalidFileException>(() => Parse(json));
        Assert.Equal("InvalidFirmwareDescriptor", error.ErrorId);
        Assert.Contains("/x.json", error.Message);
        return error.Reason;
    }

    [Fact]
    public void A_full_descriptor_is_read_with_all_it_says()
    {
        var json = DescriptorBuilder
            .Ordinary("/fw/code.qcow2", "/fw/vars.fd", "secure-boot", "enrolled-keys", "requires-smm", "amd-sev")
            .WithMapping("executable", DescriptorBuilder.File("/fw/code.qcow2", "qcow2"))
            .With("tags", new JsonArray("-D X"))
            .With("x-unknown", 1);

        var descriptor = Parse("\ufeff" + json.ToJsonString());

        Assert.Equal("Test firmware", descriptor.Description);
        Assert.Equal(["uefi"], descriptor.InterfaceTypes);
        Assert.Equal(FirmwareDevice.Flash, descriptor.Device);
        Assert.Equal(FirmwareFlashMode.Split, descriptor.Mode);
        Assert.Equal(new FirmwareFile("/fw/code.qcow2", "qcow2"), descriptor.Executable);
        Assert.Equal(new FirmwareFile("/fw/vars.fd", "raw"), descriptor.NvramTemplate);
        Assert.Equal("x86_64 (pc-q35-*)", Assert.Single(descriptor.Targets).ToString());
        Assert.Equal(["-D X"], descriptor.Tags);
        Assert.True(descriptor.SecureBoot && descriptor.EnrolledKeys && descriptor.RequiresSmm);
        Assert.False(descriptor.ConfidentialOnly);
    }

    [Fact]
    public void Memory_and_kernel_devices_have_a_file_and_no_variables()
    {
        foreach (var (name, device) in new[] { ("memory", FirmwareDevice.Memory), ("kernel", FirmwareDevice.Kernel) })
        {
            var mapping = new JsonObject { ["device"] = name, ["filename"] = "/fw/x.fd" };
            var descriptor = Parse(Good.With("mapping", mapping).ToJsonString());

            Assert.Equal(device, descriptor.Device);
            Assert.Equal(FirmwareFlashMode.Stateless, descriptor.Mode);
            Assert.Equal(new FirmwareFile("/fw/x.fd", "raw"), descriptor.Executable);
            Assert.Null(descriptor.NvramTemplate);
        }
    }

    [Fact]
    public void Flash_without_a_template_must_say_that_it_is_stateless()
    {
        Assert.Contains(
            "'nvram-template' is missing",
            Refused(DescriptorBuilder.Ordinary("/c", null).WithMapping("mode", "split"))
        );

        var descriptor = Parse(DescriptorBuilder.Ordinary("/c", null, "amd-sev-snp").ToJsonString());

        Assert.Equal(FirmwareFlashMode.Stateless, descriptor.Mode);
        Assert.True(descriptor.ConfidentialOnly);
    }

    [Theory]
    [InlineData("description")]
    [InlineData("interface-types")]
    [InlineData("mapping")]
    [InlineData("targets")]
    [InlineData("features")]
    [InlineData("tags")]
    public void Each_key_that_is_demanded_must_be_there_with_the_right_type(string key)
    {
        Assert.Equal($"the key '{key}' is missing", Refused(Good.Without(key)));
        Assert.StartsWith($"'{key}' is not a", Refused(Good.With(key, 7)));
        Assert.StartsWith($"'{key}' is not a", Refused(Good.With(key, null)));
    }

    [Fact]
    public void What_is_wrong_inside_is_said()
    {
        Assert.Contains("'interface-types' is not a text", Refused(Good.With("interface-types", new JsonArray(1))));
        Assert.Contains("'targets' is not an object", Refused(Good.With("targets", new JsonArray("x"))));
        Assert.Contains("device 'tape' is unknown", Refused(Good.WithMapping("device", "tape")));
        Assert.Contains("mode 'odd' is unknown", Refused(Good.WithMapping("mode", "odd")));
        Assert.Contains(
            "not an absolute path",
            Refused(Good.WithMapping("executable", DescriptorBuilder.File("code.fd")))
        );
        Assert.Contains(
            "not an absolute path",
            Refused(Good.WithMapping("executable", DescriptorBuilder.File("/a\0b")))
        );
        Assert.Contains("format 'a,b'", Refused(Good.WithMapping("executable", DescriptorBuilder.File("/c", "a,b"))));
        Assert.Contains("is not an object", Refused("[]"));
        Assert.Contains("empty", Refused(""));
        Assert.Contains("JSON", Refused("{\n"));
    }

    [Fact]
    public void Duplicate_keys_make_it_invalid_at_every_level()
    {
        Assert.Contains("JSON", Refused(Good.ToJsonString()[..^1] + ",\"tags\":[]}"));
        Assert.Contains(
            "JSON",
            Refused(Good.ToJsonString().Replace("\"format\":\"raw\"", "\"format\":\"raw\",\"format\":\"raw\""))
        );
    }

    [Fact]
    public void Absurd_size_and_depth_are_refused()
    {
        Assert.Contains("longer than", Refused(Good.With("description", new string('x', 300_000))));
        Assert.Contains("JSON", Refused(new string('[', 100_000)));
        Assert.Contains(
            "JSON",
            Refused(Good.ToJsonString()[..^1] + ",\"x\":" + new string('[', 64) + new string(']', 64) + "}")
        );
    }

    [Fact]
    public void A_long_bad_value_does_not_make_a_long_message() =>
        Assert.True(Refused(Good.WithMapping("device", new string('x', 100_000))).Length < 400);

    [Fact]
    public void Text_that_is_not_Unicode_is_refused()
    {
        var bytes = Encoding.Latin1.GetBytes(Good.With("description", "BAD").ToJsonString().Replace("BAD", "\u00ff"));
        Assert.Throws<InvalidFileException>(() => FirmwareDescriptor.Parse("/x.json", bytes));
        Refused(Good.ToJsonString().Replace("Test firmware", "\\ud800"));
    }

    [Fact]
    public void Any_bytes_give_a_descriptor_or_the_typed_error()
    {
        var good = Encoding.UTF8.GetBytes(Good.ToJsonString());
        var mutated = Gen.Select(Gen.Int[0, good.Length - 1], Gen.Byte)
            .Array[1, 6]
            .Select(changes =>
            {
                var copy = good.ToArray();
                foreach (var (place, value) in changes)
                {
                    copy[place] = value;
                }

                return copy;
            });
        string[] pieces =
        [
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "\"tags\"",
            "\"mapping\"",
            "1e999",
            "null",
            "\"\\u0000\"",
            "\ud83d",
        ];
        var snippets = Gen.Int[0, pieces.Length - 1]
            .Array[0, 30]
            .Select(chosen => Encoding.UTF8.GetBytes(string.Concat(chosen.Select(piece => pieces[piece]))));

        Gen.OneOf(Gen.Byte.Array[0, 200], mutated, snippets)
            .Sample(
                bytes =>
                {
                    try
                    {
                        return FirmwareDescriptor.Parse("/x.json", bytes).Executable.Path.StartsWith('/');
                    }
                    catch (InvalidFileException e)
                    {
                        return e.Reason.Length is > 0 and < 400;
                    }
                },
                iter: 20_000
            );
    }
}
