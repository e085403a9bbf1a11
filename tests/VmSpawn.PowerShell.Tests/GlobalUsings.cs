global using Xunit;

// The engine behind the cmdlets is one for the process, and tests put their own in its place.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]
