namespace VmSpawn.Benchmarks;

/// <summary>A runtime directory of its own, gone afterwards.</summary>
internal sealed class Place : IDisposable
{
    private const string Variable = "VMSPAWN_RUNTIME_DIRECTORY";
    private readonly string _root = Path.Join("/tmp", "vb-" + Path.GetRandomFileName()[..6]);

    public Place()
    {
        Directory.CreateDirectory(_root, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Environment.SetEnvironmentVariable(Variable, _root);
    }

    /// <summary>A name that no VM can have: one with a dot in front.</summary>
    public string PathOf(string name) => Path.Join(_root, "." + name);

    public void Dispose() => Directory.Delete(_root, recursive: true);
}
