namespace VmSpawn.PowerShell.Tests.Hosting;

/// <summary>The module as it is imported: the manifest, with <c>bin</c> being the assemblies under test.</summary>
internal static class ModuleFolder
{
    private static readonly Lazy<string> Prepared = new(Prepare);

    /// <summary>Path of the manifest.</summary>
    public static string Manifest => Prepared.Value;

    /// <summary>Directory with the sources of the help.</summary>
    public static string Docs => Path.Combine(AppContext.BaseDirectory, "docs");

    /// <summary>Directory with the help as it is shipped.</summary>
    public static string Help => Path.Combine(AppContext.BaseDirectory, "module", "en-US");

    // A link to the directory this process runs from, so that the module and the tests share one loaded assembly.
    private static string Prepare()
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "module");
        var bin = Path.Combine(folder, "bin");
        if (!Directory.Exists(bin))
        {
            Directory.CreateSymbolicLink(bin, AppContext.BaseDirectory);
        }

        return Path.Combine(folder, "VmSpawn.psd1");
    }
}
