namespace VmSpawn.Engine.Arguments;

/// <summary>Other names under which <c>Start-VmSpawn</c> takes its parameters.</summary>
internal static class ParameterAliases
{
    private static readonly Dictionary<string, string> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Memory"] = "Ram",
        ["Kernel"] = "Linux",
        ["Name"] = "Machine",
        ["SystemCredential"] = "Credential",
        ["KernelArguments"] = "KernelArgument",
    };

    /// <summary>The parameter's own name.</summary>
    public static string Resolve(string name) => Names.GetValueOrDefault(name, name);
}
