using System.Text.RegularExpressions;
using Microsoft.Win32.SafeHandles;
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
        var plan = Scene.Plan(DummyQemu.ListingDescriptors);
        await Scene.StartAsync(
            plan with
            {
                Descriptors =
                [
                    .. plan.Descriptors,
                    new PassedDescriptor(7, (int)passed.DangerousGetHandle(), "kvm"),
                    new DeviceDescriptor(5, "/dev/null"),
                ],
            }
        );
        var log = Path.Join(Scene.Root, "vm", "console.log");
        await Scene.EventuallyAsync(() => File.ReadAllText(log).Contains("hello"), "QEMU said nothing");

        var descriptors = (await File.ReadAllLinesAsync(log, Scene.Limit))
            .Select(line => Regex.Match(line, @" (\d+) -> (.*)$"))
            // The shell that plays QEMU reads its script from one of its own.
            .Where(match => match.Success && match.Groups[2].Value != Scene.Qemu)
            .ToDictionary(match => int.Parse(match.Groups[1].Value), match => match.Groups[2].Value);

        Assert.Equal([0, 1, 2, 3, 4, 5, 7], descriptors.Keys.Order());
        Assert.Equal("/dev/null", descriptors[0]);
        Assert.StartsWith("pipe:", descriptors[1]);
        Assert.Equal(descriptors[1], descriptors[2]);
        Assert.StartsWith("socket:", descriptors[3]);
        Assert.StartsWith("socket:", descriptors[4]);
        Assert.Equal("/dev/null", descriptors[5]);
        Assert.Equal(file, descriptors[7]);
        await Scene.TurnOffAsync();
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
