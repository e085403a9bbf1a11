using System.Runtime.CompilerServices;
using Xunit;

namespace VmSpawn.Engine.Tests.Planning;

/// <summary>Whole plans as text beside the tests. With VMSPAWN_UPDATE_GOLDEN=1 they are written instead of compared.</summary>
internal static class GoldenFile
{
    public static void Verify(string name, string actual, [CallerFilePath] string source = "")
    {
        var path = Path.Combine(Path.GetDirectoryName(source)!, "Golden", $"{name}.txt");
        if (Environment.GetEnvironmentVariable("VMSPAWN_UPDATE_GOLDEN") == "1")
        {
            File.WriteAllText(path, actual);
            return;
        }

        Assert.True(File.Exists(path), $"The golden file '{path}' is missing; VMSPAWN_UPDATE_GOLDEN=1 writes it.");
        Assert.Equal(File.ReadAllText(path), actual);
    }
}
