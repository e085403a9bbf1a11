using VmSpawn.Engine.Boot;
using static VmSpawn.Output.OutputList;

namespace VmSpawn.Output;

/// <summary>Turns the engine's view of a boot entry into the object that is written to the pipeline.</summary>
internal static class BootEntryFactory
{
    /// <summary>The entries of a menu in its order.</summary>
    public static IEnumerable<VmSpawn.BootEntry> Create(BootMenu menu) =>
        menu.List.Entries.Select(entry => Create(entry, ReferenceEquals(entry, menu.Default)));

    private static VmSpawn.BootEntry Create(VmSpawn.Engine.Boot.BootEntry entry, bool isDefault) =>
        new(entry)
        {
            Id = entry.Id,
            Type = entry.Type is BootEntryType.Conf ? "Type1" : "Type2",
            Title = entry.Title,
            Version = entry.Version,
            SortKey = entry.SortKey,
            MachineId = entry.MachineId,
            Architecture = entry.Architecture,
            KernelRelease = entry.KernelRelease,
            Kernel = entry.Kernel,
            Initrds = List(entry.Initrds),
            Options = entry.Options,
            TriesLeft = entry.TriesLeft,
            TriesDone = entry.TriesDone,
            Default = isDefault,
            Problem = entry.Problem,
            Path = entry.Path,
            Directory = entry.Directory,
            Image = entry.Image,
        };
}
