using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Resolution;
using VmSpawn.Engine.Tests.Boot;
using VmSpawn.Engine.Tests.Fakes;
using VmSpawn.Engine.Tests.Images;
using Xunit;

namespace VmSpawn.Engine.Tests.Resolution;

public sealed class KernelResolverTests
{
    private readonly Scenario _scenario = new();

    private static VmConfiguration FromTree => new() { Directory = HostPath.Parse("/tree", "directory") };

    private static VmConfiguration DiskAndKernel =>
        Scenario.FromDisk with
        {
            Linux = HostPath.Parse(Scenario.Kernel, "linux"),
        };

    [Fact]
    public void A_directory_brings_its_kernel_by_its_boot_entries()
    {
        WithTree();
        var vm = _scenario.Resolve(FromTree);
        Assert.Equal("/tree/boot/linux", vm.Kernel!.Path);
        Assert.Equal(["/tree/boot/initrd"], vm.Kernel.Initrds);
        Assert.Equal("tree", vm.Name);
        Assert.Equal(new ResolvedMount("root", "/tree", null, IsReadOnly: false), Assert.Single(vm.Mounts));
        Assert.Contains(vm.Decisions, decision => decision.Subject == "kernel");
    }

    [Fact]
    public void A_directory_without_a_kernel_needs_one_by_name()
    {
        _scenario.Host.WithFiles("/usr/libexec/virtiofsd").WithDirectory("/tree");
        var error = Assert.ThrowsAny<VmSpawnException>(() => _scenario.Resolve(FromTree));
        Assert.Equal("BootKernelNotFound", error.ErrorId);
        var named = FromTree with { Linux = HostPath.Parse(Scenario.Kernel, "linux") };
        Assert.Equal(Scenario.Kernel, _scenario.Resolve(named).Kernel!.Path);
    }

    [Fact]
    public void A_unified_kernel_image_takes_its_command_line_from_smbios()
    {
        _scenario.Host.WithFile(Scenario.Kernel, ProgramBuilder.Unified());
        var plan = _scenario.Plan(Scenario.FromKernel with { Firmware = FirmwareChoice.Auto, Initrds = [] });
        Assert.Empty(Scenario.ValuesOf(plan, "-append"));
        Assert.Contains(Scenario.ValuesOf(plan, "-smbios"), value => value.Contains("=console=ttyS0"));
    }

    [Theory]
    [InlineData("bios")]
    [InlineData("none")]
    public void A_unified_kernel_image_needs_uefi(string firmware)
    {
        _scenario.Host.WithFile(Scenario.Kernel, ProgramBuilder.Unified());
        Assert.Equal(
            "KernelNotBootable",
            ErrorOf(Scenario.FromKernel with { Firmware = FirmwareChoice.Parse(firmware, "/") })
        );
    }

    [Fact]
    public void A_kernel_that_is_no_efi_program_cannot_be_started_by_uefi() =>
        Assert.Equal("KernelNotBootable", ErrorOf(Scenario.FromKernel with { Firmware = FirmwareChoice.Uefi }));

    [Fact]
    public void The_root_partition_of_the_image_is_named_unless_the_user_does()
    {
        _scenario.Host.WithFile(Scenario.Disk, new GptImage().Add(GptImage.Root, "os_1").Build());
        Assert.Equal($"root=PARTUUID={GptImage.Id(1)}", _scenario.Resolve(DiskAndKernel).RootArgument);
        Assert.Null(_scenario.Resolve(DiskAndKernel with { KernelArguments = ["x", "root=/dev/vda"] }).RootArgument);
        Assert.Null(_scenario.Resolve(DiskAndKernel with { KernelArguments = ["mount.usr=x"] }).RootArgument);
        Assert.NotNull(_scenario.Resolve(DiskAndKernel with { KernelArguments = ["rootfstype=x"] }).RootArgument);
    }

    [Fact]
    public void A_usr_partition_is_the_second_choice()
    {
        _scenario.Host.WithFile(Scenario.Disk, new GptImage().Add(GptImage.Usr).Build());
        Assert.Equal($"mount.usr=PARTUUID={GptImage.Id(1)}", _scenario.Resolve(DiskAndKernel).RootArgument);
    }

    [Fact]
    public void An_image_that_does_not_tell_its_root_is_an_error_that_says_what_to_do()
    {
        var error = Assert.ThrowsAny<VmSpawnException>(() => _scenario.Resolve(DiskAndKernel));
        Assert.Equal("PartitionTableNotFound", error.ErrorId);
        Assert.Contains("root=", error.Hint);
        _scenario.Host.WithFile(Scenario.Disk, QcowImage.Empty(1 << 20));
        Assert.Equal("PartitionTableNotFound", ErrorOf(DiskAndKernel));
        _scenario.Host.WithFile(Scenario.Disk, "KDMV" + new string('\0', 508));
        Assert.Equal("RootNotReadable", ErrorOf(DiskAndKernel));
    }

    [Fact]
    public void A_root_partition_inside_of_qcow2_is_found()
    {
        _scenario.Host.WithFile(Scenario.Disk, QcowImage.Of(new GptImage().Add(GptImage.Root).Build()));
        Assert.Equal($"root=PARTUUID={GptImage.Id(1)}", _scenario.Resolve(DiskAndKernel).RootArgument);
    }

    [Fact]
    public void An_image_may_be_found_by_the_name_of_its_machine()
    {
        var named = new VmConfiguration { Name = MachineName.Parse("web") };
        Assert.Equal("MachineImageNotFound", ErrorOf(named));
        _scenario.Host.Files.AddSparseFile("/var/lib/machines/web.raw", 1 << 20);
        Assert.Equal("/var/lib/machines/web.raw", Assert.Single(_scenario.Resolve(named).Disks).Path);
    }

    [Fact]
    public void A_kernel_alone_needs_no_image_of_its_name() =>
        Assert.Empty(_scenario.Resolve(Scenario.FromKernel with { Name = MachineName.Parse("web") }).Disks);

    [Fact]
    public void A_command_line_that_the_kernel_would_cut_is_refused()
    {
        var vm = Scenario.FromKernel with { KernelArguments = [new string('x', 2048 - "console=ttyS0 ".Length - 1)] };
        Assert.NotNull(_scenario.Plan(vm));
        var longer = vm with { KernelArguments = [vm.KernelArguments[0] + "x"] };
        Assert.Equal(
            "KernelCommandLineTooLong",
            Assert.ThrowsAny<VmSpawnException>(() => _scenario.Plan(longer)).ErrorId
        );
    }

    private void WithTree() =>
        _scenario
            .Host.WithFiles("/usr/libexec/virtiofsd", "/tree/boot/linux", "/tree/boot/initrd")
            .WithFile("/tree/boot/loader/entries/debian.conf", "title Debian\nlinux /linux\ninitrd /initrd\n");

    private string ErrorOf(VmConfiguration configuration) =>
        Assert.ThrowsAny<VmSpawnException>(() => _scenario.Resolve(configuration)).ErrorId;
}
