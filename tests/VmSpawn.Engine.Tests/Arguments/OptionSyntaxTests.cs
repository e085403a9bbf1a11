using VmSpawn.Engine.Arguments;
using VmSpawn.Engine.Errors;
using Xunit;

namespace VmSpawn.Engine.Tests.Arguments;

public class OptionSyntaxTests
{
    [Theory]
    [InlineData("--cpus=2")]
    [InlineData("--cpus", "2")]
    [InlineData("--cpu=2")]
    [InlineData("--qemu-smp=2")]
    [InlineData("--qemu-s", "2")]
    public void A_long_option_takes_its_value_in_either_form_and_by_an_unambiguous_prefix(params string[] words) =>
        Assert.Equal("2", Parameters(words)["Cpus"]);

    [Fact]
    public void Letters_cluster_and_the_last_may_carry_its_value()
    {
        var parameters = Parameters("-nqDdir", "-M", "vm");
        Assert.Equal(true, parameters["NetworkTap"]);
        Assert.Equal(true, parameters["Quiet"]);
        Assert.Equal("dir", parameters["Directory"]);
        Assert.Equal("vm", parameters["Machine"]);
    }

    [Fact]
    public void The_first_word_that_is_no_option_ends_the_options() =>
        Assert.Equal(["foo", "--cpus=7", "--", "-"], KernelArguments("-q", "foo", "--cpus=7", "--", "-"));

    [Fact]
    public void Two_dashes_end_the_options_and_vanish() =>
        Assert.Equal(["--foo", "-x"], KernelArguments("--", "--foo", "-x"));

    [Fact]
    public void A_single_dash_and_an_empty_word_are_no_options()
    {
        Assert.Equal(["-", "-q"], KernelArguments("-", "-q"));
        Assert.Equal(["", "a", ""], KernelArguments("", "a", ""));
    }

    [Theory]
    [InlineData("UnknownOption", "net-nope", "--net-nope")]
    [InlineData("UnknownOption", "-Z", "-nZ")]
    [InlineData("UnknownOption", "--Cpus", "--Cpus=2")]
    [InlineData("AmbiguousOption", "--network", "--network")]
    [InlineData("AmbiguousOption", "--bin", "--bin=a:/b")]
    [InlineData("MissingOptionValue", "--cpus", "--cpus")]
    [InlineData("MissingOptionValue", "-M", "-qM")]
    [InlineData("UnexpectedOptionValue", "--quiet", "--quiet=yes")]
    public void A_bad_option_is_a_typed_error_that_names_it(string errorId, string named, params string[] words)
    {
        var error = Assert.Throws<CommandLineException>(() => VmSpawnCommandLine.Parse(words));
        Assert.Equal(errorId, error.ErrorId);
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_ambiguous_option_says_what_it_could_be()
    {
        var error = Assert.Throws<CommandLineException>(() => VmSpawnCommandLine.Parse(["--network"]));
        Assert.Equal("It could be --network-tap or --network-user-mode.", error.Hint);
    }

    [Fact]
    public void A_whole_name_is_not_ambiguous_with_longer_ones() =>
        Assert.Equal("no", Parameters("--vsock=no")["Vsock"]);

    [Fact]
    public void The_words_after_help_are_not_looked_at()
    {
        var parsed = VmSpawnCommandLine.Parse(["-q", "--help", "--bogus"]);
        Assert.Equal(CommandLineAction.Help, parsed.Action);
        Assert.Throws<CommandLineException>(() => VmSpawnCommandLine.Parse(["--bogus", "--help"]));
    }

    [Theory]
    [InlineData(CommandLineAction.Version, "--version")]
    [InlineData(CommandLineAction.Help, "-h")]
    [InlineData(CommandLineAction.ListFirmware, "--firmware=list")]
    [InlineData(CommandLineAction.ListFirmwareFeatures, "--firmware-features=list")]
    [InlineData(CommandLineAction.DescribeFirmware, "--firmware=describe")]
    [InlineData(CommandLineAction.Start, "--quiet")]
    public void Options_that_start_nothing_become_actions(CommandLineAction action, string word) =>
        Assert.Equal(action, VmSpawnCommandLine.Parse([word]).Action);

    [Fact]
    public void A_first_word_that_names_the_program_is_passed_over() =>
        Assert.Equal("2", Parameters("/usr/bin/systemd-vmspawn", "--cpus=2")["Cpus"]);

    [Fact]
    public void Options_without_a_counterpart_are_reported() =>
        Assert.Equal(["--no-pager"], VmSpawnCommandLine.Parse(["--no-p"]).Ignored);

    private static string[] KernelArguments(params string[] words) =>
        Assert.IsType<string[]>(Parameters(words)["KernelArgument"]);

    private static Dictionary<string, object> Parameters(params string[] words) =>
        new(VmSpawnCommandLine.Parse(words).ToParameters());
}
