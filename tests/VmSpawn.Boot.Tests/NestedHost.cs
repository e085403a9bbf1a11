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

    private const int Attempts = 3;
    private static readonly TimeSpan TimeToRun = TimeSpan.FromMinutes(9);
    private static readonly TimeSpan TimeToMake = TimeSpan.FromMinutes(10);
    private static readonly string Maker = Path.Join(Repository.Root, "samples", "nested-host", "make-host");

    /// <summary>Runs all tests that are marked for it.</summary>
    /// <param name="scene">Where it runs.</param>
    /// <param name="tiny">A guest for it.</param>
    /// <param name="guest">Another one.</param>
    /// <param name="isGood">Judges what the tests wrote.</param>
    /// <returns>What they wrote.</returns>
    /// <remarks>
    /// The emulation of virtualization is not reliable: seen with QEMU 7.2 on a machine under load, it spoils the stack of
    /// the kernel on it. So there are three attempts, of which one must be good from beginning to end.
    /// </remarks>
    public static async Task<string> RunTestsAsync(
        Scene scene,
        TinyGuest tiny,
        SystemdGuest guest,
        Func<string, bool> isGood
    )
    {
        Prerequisite.RequireOfDebian(Prerequisite.Find("dpkg") is not null, "The nested host is made on Debian only.");
        Prerequisite.RequireOfHost(
            RuntimeInformation.OSArchitecture is Architecture.X64,
            "Only an emulated x86 processor offers virtualization."
        );
        var (code, output, complaint) = await HostProgram.TryRunAsync(TimeToMake, Maker);
        Prerequisite.Require(code == 0, $"The nested host could not be made: {complaint.Trim()}");

        var payload = await PackAsync(scene, tiny, guest);
        var description = Description(output.Trim(), payload, guest);
        for (var attempt = 1; ; attempt++)
        {
            var (console, isWhole) = await BootAsync(scene, description);
            if (isWhole && (isGood(console) || attempt == Attempts))
            {
                return console;
            }

            TestContext.Current.SendDiagnosticMessage($"Attempt {attempt} in the nested host:\n{console}");
            Assert.SkipWhen(
                attempt == Attempts,
                $"The emulated host's own kernel panicked or stood still in the last of {Attempts} attempts, which is the emulator's fault."
            );
        }
    }

    private static VmConfiguration Description(string host, string payload, SystemdGuest guest) =>
        new()
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
        };

    // Whole is false if the host itself failed, so that nothing can be said of the tests in it.
    private static async Task<(string Console, bool IsWhole)> BootAsync(Scene scene, VmConfiguration description)
    {
        var machine = await scene.StartAsync(description);
        var end = scene.Control.WaitAsync(machine.Name, WaitCondition.Exit, timeout: null, scene.Limit);
        var time = System.Diagnostics.Stopwatch.StartNew();
        while (!end.IsCompleted)
        {
            if (
                time.Elapsed > TimeToRun
                || scene.ConsoleOf(machine).Contains("Kernel panic - not syncing", StringComparison.Ordinal)
            )
            {
                await scene.StopAsync(machine, new StopRequest { TurnOff = true });
                return (scene.ConsoleOf(await end), false);
            }

            await Task.WhenAny(end, Task.Delay(TimeSpan.FromSeconds(1), scene.Limit));
        }

        var ended = await end;
        var console = scene.ConsoleOf(ended);
        Assert.True(
            ended.State is MachineState.Stopped,
            $"The nested host ended with {ended.Failure?.Message}:\n{console}"
        );
        return (console, true);
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
