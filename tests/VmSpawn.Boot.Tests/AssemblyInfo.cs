using VmSpawn.Boot.Tests;

// Emulated guests take whole processors; two at once only make each other late.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]
[assembly: AssemblyFixture(typeof(TinyGuest))]
