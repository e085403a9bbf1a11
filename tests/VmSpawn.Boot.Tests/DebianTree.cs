namespace VmSpawn.Boot.Tests;

/// <summary>A copy of the Debian tree of <c>samples/debian-tree</c> for one test.</summary>
internal sealed class DebianTree : IAsyncDisposable
{
    /// <summary>Kernel argument: the guest comes up, runs the script <c>/mnt/in/task</c> and powers off.</summary>
    public const string DoTask = "systemd.unit=vmspawn-task.target";

    private static readonly TimeSpan TimeToMake = TimeSpan.FromMinutes(8);
    private static readonly string Maker = Path.Join(Repository.Root, "samples", "debian-tree", "make-tree");

    private DebianTree(string directory) => Directory = directory;

    /// <summary>Where it is.</summary>
    public string Directory { get; }

    /// <summary>Puts a copy down; the test is skipped where it cannot be made.</summary>
    /// <param name="directory">Where.</param>
    /// <param name="owner">Host id of its root, or <see langword="null"/> for what the caller has.</param>
    public static async Task<DebianTree> MakeAsync(string directory, uint? owner)
    {
        Prerequisite.RequireOfDebian(Prerequisite.Find("dpkg") is not null, "The tree is made on Debian only.");
        var (code, _, complaint) = await HostProgram.TryRunAsync(
            TimeToMake,
            Maker,
            ["--extract", directory, .. owner is null ? Array.Empty<string>() : ["--owner", $"{owner}"]]
        );
        Prerequisite.Require(code == 0, $"The Debian tree could not be made: {LastLine(complaint)}");
        return new DebianTree(directory);
    }

    /// <summary>
    /// Everything in it with size, mode, owner and the times of change: any change changes it. An ordinary user does not see
    /// into the few directories that are the tree's root's alone.
    /// </summary>
    public async Task<string> FingerprintAsync()
    {
        var (_, output, _) = await HostProgram.TryRunAsync(
            "find",
            Directory,
            "-printf",
            @"%P %y %s %m %U:%G %T@ %C@ %l\n"
        );
        Assert.Contains("etc/passwd f ", output);
        return output;
    }

    private static string LastLine(string text) => text.Trim().Split('\n')[^1];

    public async ValueTask DisposeAsync() => await HostProgram.RunAsync(Maker, "--remove", Directory);
}
