using VmSpawn.Engine.Configuration;
using static VmSpawn.Output.OutputList;

namespace VmSpawn.Output;

/// <summary>Turns the engine's mount into the object that is written to the pipeline.</summary>
internal static class MountFactory
{
    /// <summary>The object.</summary>
    public static Mount Create(BindMount mount) =>
        new()
        {
            Source = mount.Source,
            Target = mount.Target,
            ReadOnly = mount.IsReadOnly,
            UidMap = List(mount.UidMap.Select(range => range.ToString())),
            GidMap = List(mount.GidMap.Select(range => range.ToString())),
        };
}
