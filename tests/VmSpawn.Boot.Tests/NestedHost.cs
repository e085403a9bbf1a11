using System.Runtime.InteropServices;

namespace VmSpawn.Boot.Tests;

/// <summary>
/// A VM that is itself a host of VMs, with systemd, KVM and the kernel's VSOCK: <c>samples/nested-host</c>. The tests that
/// need such a host run in it, by this same test program.
/// </summary>
internal static partial class NestedHost
{
    /// <summary>Trait of the tests that run in it.</summary>
    public const string Trait = "Host";

    /// <summary>Its value.</summary>
    public const string TraitValue = "nested";

    private static readonly TimeSpan TimeToMake = TimeSpan.FromMinutes(10);
    private static readonly string Maker = Path.Join(Repository.Root, "samples", "nested-host", "make-host");

    /// <summary>Runs all tests that are marked for it.</summary>
    /// <returns>What they wrote.</returns>
    public static async Task<string> RunTestsAsync(Scene scene, TinyGuest tiny, SystemdGuest guest)
    {
        Prerequisite.RequireOfDebian(Prerequisite.Find("dpkg") is not null, "The nested host is made on Debian only.");
        Prerequisite.RequireOfHost(
            RuntimeInformation.OSArchitecture is Architecture.X64,
            "Only an emulated x86 processor offers virtualization."
        );
        var (code, output, complaint) = await HostProgram.TryRunAsync(TimeToMake, Maker);
        Prerequisite.Require(code == 0, $"The nested host could not be made: {complaint.Trim()}");

        var host = output.Trim();
        var payload = await PackAsync(scene, tiny, guest);
        var machine = await scene.StartAsync(
            new VmConfiguration
            {
                Name = MachineName.Parse("host"),
                Image = HostPath.Parse(Path.Join(host, "host.raw"), "image"),
                ExtraDrives = [DriveSpec.Parse(payload, "extra-drive"), DriveSpec.Parse(guest.Image, "extra-drive")],
                Linux = HostPath.Parse(Path.Join(host, "vmlinuz"), "linux"),
                Initrds = [HostPath.Parse(Path.Join(host, "initrd.img"), "initrd")],
                Firmware = FirmwareChoice.None,
                Ephemeral = true,
                // The emulated processor offers virtualization whether this machine has it or not.
                Kvm = Tristate.No,
                QemuArguments = ["-cpu", "max"],
                Tpm = Tristate.No,
                Vsock = Tristate.No,
                Cpus = CpuTopology.FromCount(2),
                Ram = MemorySize.Parse("4G"),
                KernelArguments = ["root=/dev/vda", "rw", "quiet", "nested.payload"],
            }
        );
        var end = await scene.Control.WaitAsync(machine.Name, WaitCondition.Exit, timeout: null, scene.Limit);
        var console = scene.ConsoleOf(end);
        Assert.True(
            end.State is MachineState.Stopped,
            $"The nested host ended with {end.Failure?.Message}:\n{console}"
        );
        return console;
    }

    // A file system with a program "run" and all that it needs: runtime, tests, supervisor and guests.
    private static async Task<string> PackAsync(Scene scene, TinyGuest tiny, SystemdGuest guest)
    {
        var payload = Path.Join(scene.Files, "payload");
        var runtime = Path.GetDirectoryName(RuntimeEnvironment.GetRuntimeDirectory())!;
        var dotnet = Path.GetFullPath(Path.Join(runtime, "..", "..", ".."));
        await CopyAsync(Path.Join(dotnet, "dotnet"), Path.Join(payload, "dotnet"));
        await CopyAsync(Path.Join(dotnet, "host"), Path.Join(payload, "dotnet"));
        await CopyAsync(runtime, Path.Join(payload, "dotnet", "shared", "Microsoft.NETCore.App"));
        await CopyAsync(AppContext.BaseDirectory + ".", Path.Join(payload, "tests"));
        await CopyAsync(scene.MonitorPath, Path.Join(payload, "bin"));
        await CopyAsync(tiny.Kernel, Path.Join(payload, "tiny"));
        await CopyAsync(tiny.Initrd, Path.Join(payload, "tiny"));
        await CopyAsync(guest.Kernel, Path.Join(payload, "guest"));
        await CopyAsync(guest.Initrd, Path.Join(payload, "guest"));
        File.CreateSymbolicLink(Path.Join(payload, "guest", "guest.raw"), "/dev/vdc");
        await File.WriteAllTextAsync(
            Path.Join(payload, "run"),
            $"""
            #!/bin/sh
            export HOME=/root DOTNET_ROOT=/payload/dotnet DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1
            export VMSPAWN_MONITOR=/payload/bin/vmspawn-monitor
            export {TinyGuest.PlaceVariable}=/payload/tiny {SystemdGuest.PlaceVariable}=/payload/guest
            exec /payload/dotnet/dotnet /payload/tests/VmSpawn.Boot.Tests.dll -trait "{Trait}={TraitValue}" -noColor
            """
        );
        await HostProgram.RunAsync("chmod", "755", Path.Join(payload, "run"));

        var disk = Path.Join(scene.Files, "payload.raw");
        await HostProgram.RunAsync("truncate", "--size", "1G", disk);
        await HostProgram.RunAsync("mkfs.ext4", "-q", "-F", "-d", payload, disk);
        return disk;
    }

    private static async Task CopyAsync(string source, string directory)
    {
        Directory.CreateDirectory(directory);
        await HostProgram.RunAsync("cp", "--recursive", "--reflink=auto", source, directory);
    }
}
