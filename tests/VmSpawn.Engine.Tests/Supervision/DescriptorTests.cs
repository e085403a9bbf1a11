using System.Text.RegularExpressions;
using Microsoft.Win32.SafeHandles;
using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Native;
using VmSpawn.Engine.Planning;
using Xunit;

namespace VmSpawn.Engine.Tests.Supervision;

/// <summary>What QEMU inherits.</summary>
public sealed class DescriptorTests : SceneTests
{
    [Fact]
    public async Task Qemu_has_the_planned_descriptors_and_no_others()
    {
        var file = Scene.Files.Write("passed", "content");
        using var passed = File.OpenHandle(file);
        var plan = Scene.Plan() with
        {
            // It lists what it has, ends, and is quoted.
            QemuBinary = "/bin/ls",
            ExtraQemuArguments = ["-l", "/proc/self/fd"],
            Descriptors =
            [
                new QmpDescriptor(3),
                new ConsoleDescriptor(4),
                new PassedDescriptor(7, (int)passed.DangerousGetHandle(), "kvm"),
                new DeviceDescriptor(5, "/dev/null"),
            ],
        };

        var error = await Assert.ThrowsAsync<StartFailedException>(() => Scene.StartAsync(plan));

        var descriptors = error
            .Output.Split('\n')
            .Select(line => Regex.Match(line, @" (\d+) -> (.*)$"))
            .Where(match => match.Success && !match.Groups[2].Value.StartsWith("/proc/", StringComparison.Ordinal))
            .ToDictionary(match => int.Parse(match.Groups[1].Value), match => match.Groups[2].Value);

        Assert.Equal([0, 1, 2, 3, 4, 5, 7], descriptors.Keys.Order());
        Assert.Equal("/dev/null", descriptors[0]);
        Assert.StartsWith("pipe:", descriptors[1]);
        Assert.Equal(descriptors[1], descriptors[2]);
        Assert.StartsWith("socket:", descriptors[3]);
        Assert.StartsWith("socket:", descriptors[4]);
        Assert.Equal("/dev/null", descriptors[5]);
        Assert.Equal(file, descriptors[7]);
    }

    [Fact]
    public async Task The_supervisor_keeps_nothing_of_the_process_that_started_it()
    {
        // Inheritable on purpose, as a careless parent's descriptors are.
        using var careless = new SafeFileHandle((nint)InheritableDescriptor(), ownsHandle: true);
        var started = await Scene.StartAsync();

        var targets = Directory
            .EnumerateFileSystemEntries($"/proc/{started.Monitor!.Id}/fd")
            .Select(path => new FileInfo(path).LinkTarget ?? "")
            .ToList();

        Assert.DoesNotContain(targets, target => target.Contains("careless"));
        Assert.Equal("/", new FileInfo($"/proc/{started.Monitor.Id}/cwd").LinkTarget);
        await Scene.TurnOffAsync();
    }

    private int InheritableDescriptor()
    {
        using var file = NativeFile.Open(Scene.Files.Write("careless", ""), NativeFile.ReadOnly);
        // F_DUPFD: a copy that is not close-on-exec.
        return LibC.fcntl(file, 0, 3);
    }
}
