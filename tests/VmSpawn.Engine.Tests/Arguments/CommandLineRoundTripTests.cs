using CsCheck;
using VmSpawn.Engine.Arguments;
using VmSpawn.Engine.Errors;
using Xunit;

namespace VmSpawn.Engine.Tests.Arguments;

public class CommandLineRoundTripTests
{
    private static readonly string[] Options =
    [
        "-D",
        "-i",
        "-M",
        "-n",
        "-q",
        "-x",
        "-G",
        "-s",
        "-S",
        "-nq",
        "--",
        "-",
        "--help",
        "--version",
        "--no-pager",
        "--user",
        "--system",
        "--kvm",
        "--vsock",
        "--tpm",
        "--secure-boot",
        "--firmware",
        "--firmware-features",
        "--console",
        "--qemu-gui",
        "--discard-disk",
        "--register",
        "--initrd",
        "--extra-drive",
        "--bind",
        "--bind-ro",
        "--network-user-mode",
        "--tpm-state",
        "--efi-nvram-state",
        "--efi-nvram-template",
        "--image-format",
        "--coco",
        "--image-disk-type",
        "--console-transport",
        "--background",
        "--set-credential",
        "--load-credential",
        "--ssh",
        "--pass",
        "--uuid",
        "--ram",
        "--cpu",
        "--vsock-cid",
        "--private-users",
        "--net",
        "--slice",
        "--property",
        "--qemu-kvm",
        "--forward-journal",
        "--linux",
        "--notify-ready",
        "--bind-volume",
        "--bogus",
        "--keep-unit",
    ];

    private static readonly string[] Values =
    [
        "",
        "yes",
        "no",
        "auto",
        "on",
        "0",
        "raw",
        "qcow2",
        "nvme",
        "gui",
        "read-only",
        "native",
        "virtio",
        "serial",
        "a",
        "./a",
        "/a",
        "a:/b",
        "a b",
        "secure-boot",
        "~secure-boot,x",
        "~x,y",
        "list",
        "describe",
        "uefi",
        "bios",
        "2",
        "1G",
        "sev-snp",
        "é",
        "'",
        "\"",
        "\\",
        "$x",
        "-q",
        "--cpus=2",
        "scsi-cd",
        "5",
        "foo:bar",
        "0:1",
        "0123456789abcdef0123456789abcdef",
        "/m:/n",
        "48;5;9",
    ];

    private static readonly Gen<string[]> Words = Gen.Select(
            Gen.Int[0, Options.Length - 1].Select(i => Options[i]),
            Gen.Int[0, Values.Length - 1].Select(i => Values[i]),
            Gen.Int[0, 3]
        )
        .Select((option, value, form) => Form(option, value, form))
        .Array[0, 5]
        .Select(parts => parts.SelectMany(part => part).ToArray());

    [Fact]
    public void Parameters_written_as_options_and_read_again_are_the_same() =>
        Words.Sample(
            words =>
            {
                ParsedCommandLine parsed;
                try
                {
                    parsed = VmSpawnCommandLine.Parse(words);
                }
                catch (VmSpawnException)
                {
                    return;
                }

                if (parsed.Action != CommandLineAction.Start)
                {
                    return;
                }

                var parameters = parsed.ToParameters();
                var written = VmSpawnCommandLine.Write(Nullable(parameters));
                var again = VmSpawnCommandLine.Parse(ShellWords.Join(written)).ToParameters();
                Assert.Equal(Text(parameters), Text(again));
            },
            iter: 20_000
        );

    [Fact]
    public void Any_words_are_parsed_or_refused_with_a_typed_error() =>
        Gen.String.Array.Sample(words =>
        {
            try
            {
                _ = VmSpawnCommandLine.Parse(words);
            }
            catch (VmSpawnException error)
            {
                Assert.NotEmpty(error.Message);
                Assert.NotNull(error.Hint);
            }
        });

    [Fact]
    public void Values_of_any_PowerShell_kind_are_written()
    {
        Dictionary<string, object?> parameters = new()
        {
            ["image"] = "a b.raw",
            ["Memory"] = 2147483648,
            ["Cpus"] = 2,
            ["Kvm"] = false,
            ["Console"] = "readonly",
            ["Quiet"] = true,
            ["NetworkTap"] = false,
            ["Initrd"] = new object[] { "a", "b" },
            ["Firmware"] = "fw.json",
            ["TpmState"] = "state",
            ["Linux"] = null,
            ["KernelArgument"] = "quiet",
        };
        Assert.Equal(
            [
                "--quiet",
                "--image=a b.raw",
                "--cpus=2",
                "--ram=2147483648",
                "--kvm=no",
                "--tpm-state=./state",
                "--initrd=a",
                "--initrd=b",
                "--firmware=./fw.json",
                "--console=read-only",
                "quiet",
            ],
            VmSpawnCommandLine.Write(parameters)
        );
    }

    [Fact]
    public void Kernel_arguments_that_look_like_options_are_kept_apart() =>
        Assert.Equal(["--", "a", "-b"], VmSpawnCommandLine.Write([new("KernelArgument", new[] { "a", "-b" })]));

    [Theory]
    [InlineData("Architecture", "aarch64")]
    [InlineData("PortForward", "2222:22")]
    public void A_parameter_without_an_option_is_an_error_that_names_it(string name, string value)
    {
        var error = Assert.Throws<CommandLineException>(() => VmSpawnCommandLine.Write([new(name, value)]));
        Assert.Equal("ParameterWithoutOption", error.ErrorId);
        Assert.Equal(name, error.Target);
    }

    private static string[] Form(string option, string value, int form) =>
        form switch
        {
            0 => [option],
            1 => [option, value],
            _ when option.StartsWith("--", StringComparison.Ordinal) => [$"{option}={value}"],
            _ => [option + value],
        };

    private static IEnumerable<KeyValuePair<string, object?>> Nullable(
        IEnumerable<KeyValuePair<string, object>> parameters
    ) => parameters.Select(pair => new KeyValuePair<string, object?>(pair.Key, pair.Value));

    private static IEnumerable<string> Text(IEnumerable<KeyValuePair<string, object>> parameters) =>
        parameters
            .Select(pair => $"{pair.Key}={(pair.Value is string[] items ? string.Join('|', items) : pair.Value)}")
            .Order(StringComparer.Ordinal);
}
