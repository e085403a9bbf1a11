namespace VmSpawn.Shell.Tests;
