global using VmSpawn.Engine.Configuration;
global using VmSpawn.Engine.Errors;
global using VmSpawn.Engine.Machines;
global using VmSpawn.Engine.Planning;
global using VmSpawn.Engine.Resolution;
global using VmSpawn.Engine.Supervision;
