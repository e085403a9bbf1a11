using VmSpawn.Conformance;

return ConformanceRun.Execute(args);
