using VmSpawn.Engine.Arguments;
using VmSpawn.Engine.Errors;
using Xunit;

namespace VmSpawn.Engine.Tests.Arguments;

public class OptionMeaningTests
{
    [Fact]
    public void The_last_of_a_single_value_wins()
    {
        var parameters = Parameters("--cpus=2", "--cpus=3", "--console=gui", "--console=native");
        Assert.Equal("3", parameters["Cpus"]);
        Assert.Equal("Native", parameters["Console"]);
    }

    [Theory]
    [InlineData("Image", "-i", "a.raw", "-i", "")]
    [InlineData("Directory", "-D", "a", "--directory=", "-i", "b")]
    [InlineData("Machine", "-M", "a", "--machine=")]
    [InlineData("Linux", "--linux=a", "--linux=")]
    [InlineData("VsockCid", "--vsock-cid=5", "--vsock-cid=")]
    [InlineData("Firmware", "--firmware=bios", "--firmware=")]
    [InlineData("Kvm", "--kvm=yes", "--kvm=")]
    [InlineData("Tpm", "--tpm=no", "--tpm=auto")]
    [InlineData("SshKeyType", "--ssh-key-type=rsa", "--ssh-key-type=")]
    [InlineData("Smbios11", "-s", "a", "--smbios11=")]
    [InlineData("Coco", "--coco=tdx", "--coco=no")]
    public void An_empty_value_takes_the_option_back(string parameter, params string[] words) =>
        Assert.DoesNotContain(parameter, Parameters(words).Keys);

    [Fact]
    public void An_empty_initrd_or_extra_drive_changes_nothing()
    {
        var parameters = Parameters("--initrd=a", "--initrd=", "--initrd=b", "--extra-drive=", "--extra-drive=c");
        Assert.Equal(["a", "b"], Assert.IsType<string[]>(parameters["Initrd"]));
        Assert.Equal(["c"], Assert.IsType<string[]>(parameters["ExtraDrive"]));
    }

    [Fact]
    public void Of_the_two_network_options_the_last_wins()
    {
        Assert.Equal(
            ["NetworkUserMode", "Machine", "PassSshKey"],
            Parameters("-n", "--network-user-mode", "-M", "a").Keys
        );
        Assert.Equal(["NetworkTap", "Machine", "PassSshKey"], Parameters("--network-user-mode", "-n", "-M", "a").Keys);
    }

    [Theory]
    [InlineData("YES", "yes")]
    [InlineData("t", "yes")]
    [InlineData("1", "yes")]
    [InlineData("Off", "no")]
    public void Tristates_take_the_words_of_booleans_in_any_case(string word, string value) =>
        Assert.Equal(value, Parameters($"--kvm={word}")["Kvm"]);

    [Theory]
    [InlineData("InvalidKvm", "--kvm=maybe")]
    [InlineData("InvalidKvm", "--kvm= yes")]
    [InlineData("InvalidDiscardDisk", "--discard-disk=")]
    [InlineData("InvalidDiscardDisk", "--discard-disk=auto")]
    [InlineData("InvalidRegister", "--register=")]
    [InlineData("InvalidConsole", "--console=Interactive")]
    [InlineData("InvalidConsole", "--console=")]
    [InlineData("InvalidFirmware", "--firmware=fw.json")]
    [InlineData("InvalidFirmware", "--firmware=../fw.json")]
    [InlineData("InvalidFirmware", "--firmware=UEFI")]
    [InlineData("InvalidTpmState", "--tpm-state=state")]
    [InlineData("InvalidEfiNvramState", "--efi-nvram-state=state")]
    [InlineData("InvalidEfiNvramTemplate", "--efi-nvram-template=vars.fd")]
    [InlineData("InvalidImageFormat", "--image-format=QCOW2")]
    [InlineData("InvalidImageDiskType", "--image-disk-type=ide")]
    [InlineData("InvalidConsoleTransport", "--console-transport=")]
    [InlineData("InvalidCoco", "--coco=bogus")]
    [InlineData("InvalidVsockCid", "--vsock-cid=host")]
    [InlineData("InvalidRam", "--ram=512M1G")]
    [InlineData("InvalidCpus", "--cpus=0")]
    [InlineData("InvalidMachine", "--machine=-a")]
    [InlineData("InvalidUuid", "--uuid=")]
    [InlineData("InvalidPrivateUsers", "--private-users=abc")]
    [InlineData("InvalidBind", "--bind=a")]
    [InlineData("InvalidBindRo", "--bind-ro=a:b")]
    [InlineData("InvalidExtraDrive", "--extra-drive=raw:")]
    [InlineData("InvalidSshKeyType", "--ssh-key-type=a'b")]
    [InlineData("InvalidBackground", "--background=red")]
    [InlineData("InvalidForwardJournalMaxUse", "--forward-journal-max-use=")]
    [InlineData("InvalidForwardJournalMaxFiles", "--forward-journal-max-files=many")]
    [InlineData("InvalidFirmwareFeatures", "--firmware-features=~")]
    public void A_bad_value_is_an_error_even_if_a_good_one_follows(string errorId, string word)
    {
        var good = word[..(word.IndexOf('=', StringComparison.Ordinal) + 1)] + "no";
        var error = Assert.Throws<InvalidValueException>(() => VmSpawnCommandLine.Parse([word, good]));
        Assert.Equal(errorId, error.ErrorId);
        Assert.Contains(word[2..word.IndexOf('=', StringComparison.Ordinal)], error.Message, StringComparison.Ordinal);
        Assert.Equal(word[(word.IndexOf('=', StringComparison.Ordinal) + 1)..], error.Target);
    }

    [Fact]
    public void An_image_is_raw_unless_its_format_is_named()
    {
        Assert.Equal("raw", Parameters("-i", "a.qcow2")["ImageFormat"]);
        Assert.Equal("qcow2", Parameters("-i", "a.img", "--image-format=qcow2")["ImageFormat"]);
        Assert.DoesNotContain("ImageFormat", Parameters("-M", "vm").Keys);
    }

    [Fact]
    public void Without_anything_to_boot_it_is_the_working_directory()
    {
        Assert.Equal(".", Parameters("-q")["Directory"]);
        Assert.DoesNotContain("Directory", Parameters("-M", "vm").Keys);
    }

    [Fact]
    public void What_the_program_does_by_itself_is_said()
    {
        Assert.Equal(true, Parameters("-i", "a")["PassSshKey"]);
        Assert.Equal(false, Parameters("-i", "a", "--pass-ssh-key=no")["PassSshKey"]);
    }

    [Fact]
    public void What_the_program_refuses_is_refused() =>
        Assert.Equal(
            "EphemeralExtraDrive",
            Assert
                .Throws<VmSpawnException>(() => VmSpawnCommandLine.Parse(["-x", "--extra-drive=a", "-i", "b"]))
                .ErrorId
        );

    [Theory]
    [InlineData(null, "--firmware-features=~secure-boot", "--secure-boot=auto")]
    [InlineData("yes", "--firmware-features=~secure-boot", "--secure-boot=yes")]
    [InlineData("no", "--firmware-features=~secure-boot")]
    [InlineData("yes", "--firmware-features=~secure-boot,secure-boot")]
    [InlineData("yes", "--secure-boot=yes", "--firmware-features=~secure-boot")]
    [InlineData(null, "--secure-boot=yes", "--firmware-features=")]
    public void Secure_boot_and_its_feature_are_one_thing(string? value, params string[] words) =>
        Assert.Equal(value, Parameters(words).GetValueOrDefault("SecureBoot"));

    [Fact]
    public void An_empty_feature_list_is_kept_because_it_drops_the_default()
    {
        var parameters = Parameters("--firmware-features=a", "--firmware-features=", "--firmware-features=b,~c");
        Assert.Equal(["", "b", "~c"], Assert.IsType<string[]>(parameters["FirmwareFeature"]));
    }

    [Theory]
    [InlineData("", "off")]
    [InlineData("no", "off")]
    [InlineData("yes", "auto")]
    [InlineData("auto", "auto")]
    [InlineData("./state", "./state")]
    [InlineData("/state", "/state")]
    public void State_options_take_words_and_explicit_paths(string text, string value)
    {
        Assert.Equal(value, Parameters($"--tpm-state={text}")["TpmState"]);
        Assert.Equal(value, Parameters($"--efi-nvram-state={text}")["EfiNvramState"]);
    }

    [Fact]
    public void The_order_of_mounts_of_both_kinds_is_kept() =>
        Assert.Equal(
            ["BindReadOnly", "Bind", "BindReadOnly"],
            VmSpawnCommandLine
                .Parse(["--bind-ro=/a", "--bind=/b", "--bind-ro=/c"])
                .Values.Select(value => value.Name)
                .Where(name => name.StartsWith("Bind", StringComparison.Ordinal))
        );

    [Fact]
    public void The_hidden_gui_option_is_the_gui_console() => Assert.Equal("Gui", Parameters("--qemu-gui")["Console"]);

    private static Dictionary<string, object> Parameters(params string[] words) =>
        new(VmSpawnCommandLine.Parse(words).ToParameters());
}
