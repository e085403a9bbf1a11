using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Machines;
using VmSpawn.Engine.Planning;
using VmSpawn.Engine.Starter;
using VmSpawn.Engine.Supervision;

// A shell as the process tests need one: carries out a plan, says in one line what came of it, and stays until it is killed.
//   VmSpawn.Engine.Starter MONITOR RUNTIME-ROOT PLAN-FILE
// It prints the phases of the start, then "started NAME" or "refused ERROR-ID".

var plan = LaunchPlanJson.Deserialize(File.ReadAllBytes(args[2]));
try
{
    var starter = new MachineStarter(new MachineStore(args[1]), args[0]);
    var machine = await starter.StartAsync(plan, new ImmediateProgress());
    System.Console.WriteLine($"started {machine.Name}");
}
catch (VmSpawnException e)
{
    System.Console.WriteLine($"refused {e.ErrorId}");
    return 1;
}

await Task.Delay(Timeout.Infinite);
return 0;
