namespace VmSpawn.Shell.Tests;

/// <summary>A script that is there as long as the test.</summary>
internal sealed class ScriptFile : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("shell-tests-");

    public ScriptFile(string text, string name = "script.ps1")
    {
        Path = System.IO.Path.Join(_directory.FullName, name);
        File.WriteAllText(Path, text);
    }

    public string Path { get; }

    /// <summary>Puts a file beside the script.</summary>
    public void AddNeighbour(string name, string text = "") =>
        File.WriteAllText(System.IO.Path.Join(_directory.FullName, name), text);

    public void Dispose() => _directory.Delete(recursive: true);
}
