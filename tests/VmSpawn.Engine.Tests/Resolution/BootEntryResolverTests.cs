using VmSpawn.Engine.Boot;
using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Planning;
using VmSpawn.Engine.Resolution;
using VmSpawn.Engine.Tests.Boot;
using VmSpawn.Engine.Tests.Fakes;
using VmSpawn.Engine.Tests.Images.Fat;
using Xunit;

namespace VmSpawn.Engine.Tests.Resolution;

public sealed class BootEntryResolverTests
{
    private const string Conf = "/tree/boot/loader/entries/os.conf";

    private readonly Scenario _scenario = new();

    private static VmConfiguration Tree => new() { Directory = HostPath.Parse("/tree", "directory") };

    private BootEntry EntryOfTree => BootEntryList.Read(_scenario.Host.Files, "/tree").Entries.First();

    private BootEntry EntryOfDisk => BootEntryList.ReadImage(_scenario.Host.Files, Scenario.Disk).Entries.First();

    private void WithTree(string more = "") =>
        _scenario
            .Host.WithFiles("/usr/libexec/virtiofsd", "/tree/boot/linux", "/tree/boot/initrd")
            .WithFile(Conf, $"linux /linux\ninitrd /initrd\n{more}");

    private void WithDisk(BootDisk disk) => _scenario.Host.WithFile(Scenario.Disk, disk.Build());

    private string ErrorOf(VmConfiguration configuration) =>
        Assert.ThrowsAny<VmSpawnException>(() => _scenario.Plan(configuration)).ErrorId;

    private string CommandLine(VmConfiguration configuration) =>
        Assert.Single(Scenario.ValuesOf(_scenario.Plan(configuration), "-append"));

    [Fact]
    public void The_entry_of_a_tree_brings_its_kernel_initrds_and_options()
    {
        WithTree("options quiet console=tty0 root=UUID=1 ro rootflags=subvol=@ x=\"a b\"\n");

        var vm = Tree with { BootEntry = EntryOfTree, KernelArguments = ["debug"] };

        Assert.Equal(
            "quiet console=tty0 x=\"a b\" console=ttyS0 debug root=root rootfstype=virtiofs rw",
            CommandLine(vm)
        );
        Assert.Equal("/tree/boot/linux", _scenario.Resolve(vm).Kernel!.Path);
        Assert.Equal(["/tree/boot/initrd"], _scenario.Resolve(vm).Kernel!.Initrds);
        Assert.Contains(
            _scenario.Resolve(vm).Decisions,
            decision => decision is { Subject: "options", Value: "without root=UUID=1 ro rootflags=subvol=@" }
        );
        Assert.Equal(CommandLine(vm), CommandLine(vm with { BootEntry = null }));
    }

    [Fact]
    public void What_an_entry_says_to_the_first_process_stays_behind_the_dashes()
    {
        WithTree("options quiet -- single\n");

        Assert.Equal("quiet console=ttyS0 root=root rootfstype=virtiofs rw -- single", CommandLine(Tree));
    }

    [Fact]
    public void A_command_line_of_systemd_vmspawn_uses_no_options_as_that_program_does()
    {
        WithTree("options quiet\n");

        Assert.Equal(
            "console=ttyS0 root=root rootfstype=virtiofs rw",
            CommandLine(Tree with { BootEntryRules = BootEntryRules.SystemdVmspawn })
        );
    }

    [Fact]
    public void The_kernel_of_an_images_entry_is_taken_out_of_the_image_at_the_start()
    {
        WithDisk(BootDisk.WithEntry("options root=LABEL=os quiet\n"));

        var plan = _scenario.Plan(Scenario.FromDisk with { BootEntry = EntryOfDisk });

        var copies = plan.Files.OfType<ExtractedFile>().ToList();
        Assert.Equal(["kernel", "initrd.1"], copies.Select(copy => Path.GetFileName(copy.Path)));
        Assert.Equal(["/efi/os/linux", "/efi/os/initrd"], copies.Select(copy => copy.SourcePath));
        Assert.All(copies, copy => Assert.Equal(Scenario.Disk, copy.Source));
        Assert.Equal([copies[0].Path], Scenario.ValuesOf(plan, "-kernel"));
        Assert.Equal([copies[1].Path], Scenario.ValuesOf(plan, "-initrd"));
        Assert.Equal(["root=LABEL=os quiet console=ttyS0"], Scenario.ValuesOf(plan, "-append"));
        Assert.Null(plan.Summary.Kernel);
        Assert.Equal(plan.ToText(), LaunchPlanJson.Deserialize(LaunchPlanJson.Serialize(plan)).ToText());
        Assert.Contains("/efi/os/linux of image", plan.ToText());
    }

    [Fact]
    public void Several_initrds_of_an_image_are_joined_once_they_are_out()
    {
        var disk = BootDisk.WithEntry("initrd /os/more\n");
        disk.System!.Add("os/more", "more");
        WithDisk(disk);

        var plan = _scenario.Plan(Scenario.FromDisk with { BootEntry = EntryOfDisk });

        var joined = Assert.Single(plan.Files.OfType<JoinedFile>());
        Assert.Equal(["initrd.1", "initrd.2"], joined.Sources.Select(Path.GetFileName));
        Assert.Equal([joined.Path], Scenario.ValuesOf(plan, "-initrd"));
        Assert.True(plan.Files.IndexOf(joined) == plan.Files.Length - 1 || plan.Files.IndexOf(joined) > 2);
    }

    [Fact]
    public void An_entry_that_names_no_root_gets_the_one_that_the_partition_table_names()
    {
        WithDisk(BootDisk.WithEntry());
        var vm = Scenario.FromDisk with { BootEntry = EntryOfDisk };

        Assert.Contains("root=PARTUUID=", CommandLine(vm));
        Assert.Equal("console=ttyS0 root=/dev/vda9", CommandLine(vm with { KernelArguments = ["root=/dev/vda9"] }));
        WithDisk(BootDisk.WithEntry("options mount.usr=LABEL=usr\n"));
        Assert.Equal(
            "mount.usr=LABEL=usr console=ttyS0",
            CommandLine(Scenario.FromDisk with { BootEntry = EntryOfDisk })
        );
    }

    [Fact]
    public void A_unified_kernel_image_gets_its_extra_arguments_through_smbios_alone()
    {
        WithDisk(
            new BootDisk
            {
                System = new FatImage().Add("EFI/Linux/u.efi", ProgramBuilder.Unified("ID=x\n", "quiet own")),
            }
        );

        var plan = _scenario.Plan(Scenario.FromDisk with { BootEntry = EntryOfDisk, KernelArguments = ["debug"] });

        Assert.Empty(Scenario.ValuesOf(plan, "-append"));
        Assert.Contains(
            "type=11,value=io.systemd.stub.kernel-cmdline-extra=console=ttyS0 debug",
            Scenario.ValuesOf(plan, "-smbios")
        );
        Assert.Single(plan.Files.OfType<ExtractedFile>());
    }

    [Fact]
    public void A_kernel_or_initrd_beside_an_entry_is_refused()
    {
        WithTree();
        var vm = Tree with { BootEntry = EntryOfTree };

        Assert.Equal("BootEntryAndLinux", ErrorOf(vm with { Linux = HostPath.Parse(Scenario.Kernel, "linux") }));
        Assert.Equal("BootEntryAndInitrd", ErrorOf(vm with { Initrds = [HostPath.Parse(Scenario.Initrd, "initrd")] }));
    }

    [Fact]
    public void An_entry_that_cannot_be_started_is_refused_with_the_reason()
    {
        WithTree();
        _scenario.Host.WithFile(Conf, "title no kernel\n");
        var error = Assert.ThrowsAny<VmSpawnException>(() => _scenario.Resolve(Tree with { BootEntry = EntryOfTree }));

        Assert.Equal("BootEntryNotUsable", error.ErrorId);
        Assert.Contains("names no kernel", error.Message);
    }

    [Fact]
    public void An_entry_for_another_architecture_needs_that_architecture()
    {
        WithTree("architecture aa64\n");

        var error = Assert.ThrowsAny<VmSpawnException>(() => _scenario.Resolve(Tree with { BootEntry = EntryOfTree }));

        Assert.Equal("BootEntryArchitecture", error.ErrorId);
        Assert.Contains("-Architecture aarch64", error.Hint);
    }

    [Fact]
    public void A_tree_that_has_changed_since_it_was_listed_gets_nothing_of_the_hosts()
    {
        WithTree();
        var vm = Tree with { BootEntry = EntryOfTree };
        _scenario.Host.Files.Remove("/tree/boot/linux");
        _scenario.Host.Files.AddLink("/tree/boot/linux", "/boot/vmlinuz");
        Assert.Equal("BootFileIsLink", ErrorOf(vm));

        _scenario.Host.Files.Remove("/tree/boot/linux");
        Assert.Equal("KernelNotFound", ErrorOf(vm));
    }

    [Fact]
    public void An_image_that_has_changed_since_it_was_listed_is_an_error()
    {
        WithDisk(BootDisk.WithEntry());
        var vm = Scenario.FromDisk with { BootEntry = EntryOfDisk };
        WithDisk(new BootDisk());

        Assert.Equal("BootFileNotFound", ErrorOf(vm));
    }

    [Fact]
    public void An_entry_alone_names_the_machine()
    {
        WithTree();

        Assert.Equal("os.conf", _scenario.Resolve(new VmConfiguration { BootEntry = EntryOfTree }).Name);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData(" a  b\tc ", "a|b|c")]
    [InlineData("x=\"a b\" \"c d\" e", "x=\"a b\"|\"c d\"|e")]
    [InlineData("x=\"a b", "x=\"a b")]
    public void Options_are_taken_apart_as_the_kernel_does(string text, string expected) =>
        Assert.Equal(expected, string.Join('|', EntryOptions.Split(text)));
}
