using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Resolution;

namespace VmSpawn.Engine.Planning;

/// <summary>The guest's kernel command line (the spec, section 2.2).</summary>
internal static class KernelCommandLine
{
    /// <summary>The words, joined by single blanks; words with blanks in them are the user's business.</summary>
    public static string Compose(ResolvedVm vm) => string.Join(' ', Words(vm));

    private static IEnumerable<string> Words(ResolvedVm vm)
    {
        if (vm.Console is not ConsoleMode.Headless)
        {
            yield return $"console={vm.Architecture.SerialTerminal}";
        }

        foreach (var word in vm.KernelArguments)
        {
            yield return word;
        }

        if (vm.RootArgument is not null)
        {
            yield return vm.RootArgument;
        }
    }
}
