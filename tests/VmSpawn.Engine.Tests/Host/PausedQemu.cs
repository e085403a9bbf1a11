using System.Diagnostics;
using Xunit;

namespace VmSpawn.Engine.Tests.Host;

/// <summary>A real QEMU in emulation whose guest never runs, with one disk.</summary>
internal sealed class PausedQemu : IDisposable
{
    private readonly Process process;

    private PausedQemu(Process process) => this.process = process;

    public static PausedQemu Start(string drive)
    {
        var qemu = Environment
            .GetEnvironmentVariable("PATH")!
            .Split(':')
            .Select(element => Path.Join(element, "qemu-system-x86_64"))
            .FirstOrDefault(File.Exists);
        Assert.SkipWhen(qemu is null, "qemu-system-x86_64 is not installed");
        var start = new ProcessStartInfo(qemu)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        string[] arguments =
        [
            .. "-nodefaults -no-user-config -display none -machine q35,accel=tcg -m 64 -S -qmp stdio".Split(' '),
            "-drive",
            "if=none,id=d," + drive,
            "-device",
            "virtio-blk-pci,drive=d",
        ];
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        var started = Process.Start(start)!;
        // The greeting may come before the machine is built; the answer to a command does not.
        started.StandardInput.WriteLine("""{"execute":"qmp_capabilities"}""");
        Assert.Contains("QMP", started.StandardOutput.ReadLine());
        Assert.Contains("return", started.StandardOutput.ReadLine());
        return new PausedQemu(started);
    }

    public void Dispose()
    {
        process.Kill();
        process.WaitForExit();
        process.Dispose();
    }
}
