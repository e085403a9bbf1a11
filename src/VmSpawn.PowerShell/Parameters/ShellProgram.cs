namespace VmSpawn.Parameters;

/// <summary>The program that runs PowerShell here, to be called again by somebody else.</summary>
internal static class ShellProgram
{
    /// <summary>
    /// The running <c>pwsh</c>; else the module's own <c>pwshw</c>, which finds or builds a shell; else the program that runs,
    /// with the assembly that it runs.
    /// </summary>
    /// <param name="module">Directory of the module.</param>
    public static IReadOnlyList<string> Find(string module)
    {
        var program = Environment.ProcessPath ?? "pwsh";
        var wrapper = Path.Join(module, "pwshw");
        if (Path.GetFileName(program) == "pwsh")
        {
            return [program];
        }

        if (File.Exists(wrapper))
        {
            return [wrapper];
        }

        var assembly = Environment.GetCommandLineArgs()[0];
        return assembly.EndsWith(".dll", StringComparison.Ordinal) ? [program, Path.GetFullPath(assembly)] : [program];
    }
}
