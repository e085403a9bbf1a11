using System.Diagnostics;
using VmSpawn.Conformance.Cases;

namespace VmSpawn.Conformance.Fixtures;

/// <summary>The fixtures of one folder of cases, in a directory of their own that goes with them.</summary>
internal sealed class FixtureTree : IDisposable
{
    private readonly DirectoryInfo _directory = System.IO.Directory.CreateTempSubdirectory("vmspawn-conformance-");

    private FixtureTree(string how) => How = how;

    /// <summary>How they were made.</summary>
    public string How { get; private set; }

    /// <summary>Where they are.</summary>
    public Placeholders Placeholders =>
        new(Path.Combine(_directory.FullName, "w"), Path.Combine(_directory.FullName, "f"));

    /// <summary>
    /// Makes them by the folder's own script where it has one, because it knows what its cases need; else, or without
    /// Python, by ours.
    /// </summary>
    public static FixtureTree Make(CaseFolder folder)
    {
        var tree = new FixtureTree("the runner");
        try
        {
            if (File.Exists(folder.FixtureScript) && RunScript(folder.FixtureScript, tree._directory.FullName))
            {
                tree.How = "the folder's make-fixtures.py";
            }
            else
            {
                FixtureMaker.Make(folder, tree.Placeholders);
            }

            return tree;
        }
        catch
        {
            tree.Dispose();
            throw;
        }
    }

    public void Dispose() => _directory.Delete(recursive: true);

    private static bool RunScript(string script, string directory)
    {
        var start = new ProcessStartInfo("python3") { UseShellExecute = false };
        // The script may lie in a folder that must not be written to.
        start.ArgumentList.Add("-B");
        start.ArgumentList.Add(script);
        start.ArgumentList.Add(directory);
        try
        {
            using var process = Process.Start(start)!;
            process.WaitForExit();
            return process.ExitCode == 0
                ? true
                : throw new InvalidOperationException($"{script} ended with exit code {process.ExitCode}.");
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
