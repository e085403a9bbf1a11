using System.Collections.ObjectModel;

namespace VmSpawn.Output;

/// <summary>Lists as objects in the pipeline hold them: nobody can change them, and PowerShell can index them.</summary>
internal static class OutputList
{
    /// <summary>The items as a list.</summary>
    public static ReadOnlyCollection<T> List<T>(IEnumerable<T> items) => Array.AsReadOnly(items.ToArray());
}
