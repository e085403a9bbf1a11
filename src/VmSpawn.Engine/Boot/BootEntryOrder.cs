using VmSpawn.Engine.Configuration;

namespace VmSpawn.Engine.Boot;

/// <summary>
/// Order of a boot menu, best first (the spec, section 4): entries with a sort key, by sort key, machine id and then the
/// newest version; at last by id, the newest first. How often an entry was tried plays no part.
/// </summary>
internal sealed class BootEntryOrder : IComparer<BootEntry>
{
    private BootEntryOrder() { }

    public static BootEntryOrder Instance { get; } = new();

    public int Compare(BootEntry? x, BootEntry? y)
    {
        var a = x!;
        var b = y!;
        var result = (a.SortKey is null).CompareTo(b.SortKey is null);
        if (result == 0 && a.SortKey is not null)
        {
            result = string.CompareOrdinal(a.SortKey, b.SortKey);
            result = result != 0 ? result : string.CompareOrdinal(a.MachineId ?? "", b.MachineId ?? "");
            result = result != 0 ? result : VersionOrder.Instance.Compare(b.Version, a.Version);
        }

        return result != 0 ? result : VersionOrder.Instance.Compare(b.Id, a.Id);
    }
}
