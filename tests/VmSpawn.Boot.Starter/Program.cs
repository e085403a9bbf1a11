using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Host;
using VmSpawn.Engine.Machines;
using VmSpawn.Engine.Planning;
using VmSpawn.Engine.Resolution;
using VmSpawn.Engine.Supervision;

// A shell as the boot tests need one: starts a VM, says in one line what came of it, and then stays until it is killed.
//   VmSpawn.Boot.Starter MONITOR NAME image PATH
//   VmSpawn.Boot.Starter MONITOR NAME kernel KERNEL INITRD [ARGUMENT...]
//   VmSpawn.Boot.Starter MONITOR NAME tap KERNEL INITRD [ARGUMENT...]: the same with a TAP network
// "started NAME" or "refused ERROR-ID MESSAGE" on standard output; a refusal ends it with exit code 1.

var configuration = new VmConfiguration
{
    Name = MachineName.Parse(args[1]),
    Ram = MemorySize.Parse("512M"),
    Kvm = Tristate.No,
};
configuration = args[2] switch
{
    "image" => configuration with { Image = HostPath.Parse(args[3], "image") },
    _ => configuration with
    {
        Linux = HostPath.Parse(args[3], "linux"),
        Initrds = [HostPath.Parse(args[4], "initrd")],
        Firmware = FirmwareChoice.None,
        Network = args[2] == "tap" ? NetworkMode.Tap : NetworkMode.None,
        KernelArguments = ["quiet", "panic=-1", .. args[5..]],
    },
};

try
{
    var host = new LinuxHost();
    var plan = LaunchPlanner.Plan(new VmResolver(host).Resolve(configuration));
    var machine = await new MachineStarter(new MachineStore(host.RuntimeRoot), args[0]).StartAsync(plan);
    Console.WriteLine($"started {machine.Name}");
}
catch (VmSpawnException e)
{
    Console.WriteLine($"refused {e.ErrorId} {e.Message}");
    return 1;
}

await Task.Delay(Timeout.Infinite);
return 0;
