using VmSpawn.Engine.Configuration;

namespace VmSpawn.Engine.Boot;

/// <summary>
/// Order of a boot menu, best first (the spec, section 4): entries with a sort key, by sort key, machine id and then the
/// newest version; at last by id, the newest first. By the Boot Loader Specification entries that have no tries left come
/// behind all others; systemd-vmspawn does not look at tries.
/// </summary>
internal sealed class BootEntryOrder(BootEntryRules rules) : IComparer<BootEntry>
{
    public int Compare(BootEntry? x, BootEntry? y)
    {
        var a = x!;
        var b = y!;
        var result = rules is BootEntryRules.Specification ? (a.TriesLeft == 0).CompareTo(b.TriesLeft == 0) : 0;
        result = result != 0 ? result : (a.SortKey is null).CompareTo(b.SortKey is null);
        if (result == 0 && a.SortKey is not null)
        {
            result = string.CompareOrdinal(a.SortKey, b.SortKey);
            result = result != 0 ? result : string.CompareOrdinal(a.MachineId ?? "", b.MachineId ?? "");
            result = result != 0 ? result : VersionOrder.Instance.Compare(b.Version, a.Version);
        }

        result = result != 0 ? result : VersionOrder.Instance.Compare(b.Id, a.Id);
        return result != 0 || rules is not BootEntryRules.Specification ? result : CompareTries(a, b);
    }

    // Two files of one name but for the counters: the one with more tries left.
    private static int CompareTries(BootEntry a, BootEntry b)
    {
        var result = (b.TriesLeft ?? int.MaxValue).CompareTo(a.TriesLeft ?? int.MaxValue);
        return result != 0 ? result : (a.TriesDone ?? 0).CompareTo(b.TriesDone ?? 0);
    }
}
