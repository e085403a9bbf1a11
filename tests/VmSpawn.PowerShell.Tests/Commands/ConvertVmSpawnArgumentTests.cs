using System.Collections.Specialized;
using VmSpawn.PowerShell.Tests.Hosting;

namespace VmSpawn.PowerShell.Tests.Commands;

public sealed class ConvertVmSpawnArgumentTests : IDisposable
{
    private readonly TestShell _shell = new();

    public void Dispose() => _shell.Dispose();

    [Fact]
    public void A_text_is_split_as_a_shell_does_and_becomes_a_dictionary_in_order()
    {
        var parameters = _shell
            .Run("ConvertFrom-VmSpawnArgument 'systemd-vmspawn -i \"my disk.raw\" --ram=4G --kvm no quiet'")
            .Single<OrderedDictionary>();

        Assert.Equal("my disk.raw", parameters["Image"]);
        Assert.Equal("4G", parameters["ram"]);
        Assert.Equal("no", parameters["Kvm"]);
        Assert.Equal(["quiet"], Assert.IsType<string[]>(parameters["KernelArgument"]));
    }

    [Fact]
    public void Several_words_are_taken_as_they_are()
    {
        var parameters = _shell
            .Run("ConvertFrom-VmSpawnArgument -Argument '-i', 'my disk.raw', '--cpus=2'")
            .Single<OrderedDictionary>();

        Assert.Equal("my disk.raw", parameters["Image"]);
        Assert.Equal("2", parameters["Cpus"]);
    }

    [Fact]
    public void The_dictionary_can_be_splatted()
    {
        var result = _shell.Run(
            "$p = ConvertFrom-VmSpawnArgument 'systemd-vmspawn -i /srv/disk.raw -M web'; Start-VmSpawn @p"
        );

        Assert.Equal("web", result.Single<VirtualMachine>().Name);
    }

    [Fact]
    public void Lines_come_through_the_pipeline() =>
        Assert.Equal(2, _shell.Run("'-i a.raw', '-i b.raw' | ConvertFrom-VmSpawnArgument").Output.Count);

    [Fact]
    public void A_bad_command_line_is_a_typed_error_with_the_word_as_its_target()
    {
        var error = _shell.Run("ConvertFrom-VmSpawnArgument '-i a.raw --bogus'").SingleError();

        Assert.Equal("UnknownOption,VmSpawn.Commands.ConvertFromVmSpawnArgumentCommand", error.FullyQualifiedErrorId);
        Assert.Equal("--bogus", error.TargetObject);
    }

    [Fact]
    public void A_command_line_that_starts_nothing_says_what_to_use()
    {
        var result = _shell.Run("ConvertFrom-VmSpawnArgument 'systemd-vmspawn --firmware=list'");

        Assert.Empty(result.Output);
        Assert.Contains("Get-VmFirmware", Assert.Single(result.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void An_option_without_a_parameter_is_left_out_with_a_warning()
    {
        var result = _shell.Run("ConvertFrom-VmSpawnArgument '-i a.raw --coco=tdx'");

        Assert.DoesNotContain("Coco", result.Single<OrderedDictionary>().Keys.Cast<string>());
        Assert.Contains(result.Warnings, warning => warning.Contains("-Coco", StringComparison.Ordinal));
    }

    [Fact]
    public void Options_of_the_journal_become_parameters_and_options_again()
    {
        const string Options =
            "'--image=a.raw', '--forward-journal=/log/x.journal', '--forward-journal-max-use=64M', '--forward-journal-keep-free=1G', '--forward-journal-max-file-size=8M', '--forward-journal-max-files=9'";
        var parameters = _shell.Run($"ConvertFrom-VmSpawnArgument {Options}").Single<OrderedDictionary>();

        Assert.Equal(
            [("ForwardJournal", "/log/x.journal"), ("ForwardJournalMaxFiles", "9"), ("ForwardJournalMaxUse", "64M")],
            ((string[])["ForwardJournal", "ForwardJournalMaxFiles", "ForwardJournalMaxUse"]).Select(name =>
                (name, $"{parameters[name]}")
            )
        );
        var words = _shell.Run($"ConvertFrom-VmSpawnArgument {Options} | ConvertTo-VmSpawnArgument").Output;
        Assert.Empty(Options.Replace("'", "").Split(", ").Except(words.Cast<string>()));
    }

    [Fact]
    public void Parameters_become_words_or_one_command_line()
    {
        const string Parameters =
            "@{ Image = 'my disk.raw'; Initrd = 'a', 'b'; Kvm = $false; Linux = 'k'; Quiet = $true }";

        Assert.Equal(
            ["--quiet", "--image=my disk.raw", "--kvm=no", "--linux=k", "--initrd=a", "--initrd=b"],
            _shell.Run($"ConvertTo-VmSpawnArgument {Parameters}").Output
        );
        Assert.Equal(
            "systemd-vmspawn --quiet '--image=my disk.raw' --kvm=no --linux=k --initrd=a --initrd=b",
            _shell.Run($"{Parameters} | ConvertTo-VmSpawnArgument -AsCommandLine").Single<string>()
        );
    }

    [Fact]
    public void A_parameter_without_an_option_is_an_error() =>
        Assert.Equal(
            "Wait",
            _shell.Run("ConvertTo-VmSpawnArgument @{ Image = 'a.raw'; Wait = $true }").SingleError().TargetObject
        );
}
