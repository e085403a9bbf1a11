using System.Collections.Immutable;

namespace VmSpawn.Engine.Systemd;

/// <summary>
/// The settings of a scope that a user may give, each with how its text becomes a value of D-Bus. systemd reads such text
/// only from unit files and from its own tools; on the bus values are typed.
/// </summary>
internal static class UnitPropertyTable
{
    private static readonly ImmutableArray<(string Name, UnitPropertyKind Kind)> All =
    [
        ("MemoryMin", UnitPropertyKind.Bytes),
        ("MemoryLow", UnitPropertyKind.Bytes),
        ("MemoryHigh", UnitPropertyKind.Bytes),
        ("MemoryMax", UnitPropertyKind.Bytes),
        ("MemorySwapMax", UnitPropertyKind.Bytes),
        ("MemoryZSwapMax", UnitPropertyKind.Bytes),
        ("MemoryAccounting", UnitPropertyKind.Boolean),
        ("CPUWeight", UnitPropertyKind.CpuWeight),
        ("StartupCPUWeight", UnitPropertyKind.CpuWeight),
        ("CPUQuota", UnitPropertyKind.Quota),
        ("CPUQuotaPeriodSec", UnitPropertyKind.Time("CPUQuotaPeriodUSec")),
        ("CPUAccounting", UnitPropertyKind.Boolean),
        ("AllowedCPUs", UnitPropertyKind.NumberSet),
        ("StartupAllowedCPUs", UnitPropertyKind.NumberSet),
        ("AllowedMemoryNodes", UnitPropertyKind.NumberSet),
        ("StartupAllowedMemoryNodes", UnitPropertyKind.NumberSet),
        ("TasksMax", UnitPropertyKind.Tasks),
        ("TasksAccounting", UnitPropertyKind.Boolean),
        ("IOWeight", UnitPropertyKind.Weight),
        ("StartupIOWeight", UnitPropertyKind.Weight),
        ("IODeviceWeight", UnitPropertyKind.DeviceWeight),
        ("IOReadBandwidthMax", UnitPropertyKind.DeviceAmount),
        ("IOWriteBandwidthMax", UnitPropertyKind.DeviceAmount),
        ("IOReadIOPSMax", UnitPropertyKind.DeviceAmount),
        ("IOWriteIOPSMax", UnitPropertyKind.DeviceAmount),
        ("IOAccounting", UnitPropertyKind.Boolean),
        ("IPAccounting", UnitPropertyKind.Boolean),
        ("DevicePolicy", UnitPropertyKind.OneOf("auto", "closed", "strict")),
        ("DeviceAllow", UnitPropertyKind.DeviceAccess),
        ("ManagedOOMSwap", UnitPropertyKind.OneOf("auto", "kill")),
        ("ManagedOOMMemoryPressure", UnitPropertyKind.OneOf("auto", "kill")),
        ("ManagedOOMPreference", UnitPropertyKind.OneOf("none", "avoid", "omit")),
        ("OOMPolicy", UnitPropertyKind.OneOf("continue", "stop", "kill")),
        ("Delegate", UnitPropertyKind.Boolean),
        ("KillMode", UnitPropertyKind.OneOf("control-group", "mixed", "process", "none")),
        ("KillSignal", UnitPropertyKind.Signal),
        ("SendSIGHUP", UnitPropertyKind.Boolean),
        ("SendSIGKILL", UnitPropertyKind.Boolean),
        ("TimeoutStopSec", UnitPropertyKind.Time("TimeoutStopUSec")),
        ("RuntimeMaxSec", UnitPropertyKind.Time("RuntimeMaxUSec")),
        ("Description", UnitPropertyKind.Text),
        ("CollectMode", UnitPropertyKind.OneOf("inactive", "inactive-or-failed")),
        ("After", UnitPropertyKind.Units),
        ("Before", UnitPropertyKind.Units),
        ("BindsTo", UnitPropertyKind.Units),
        ("Conflicts", UnitPropertyKind.Units),
        ("PartOf", UnitPropertyKind.Units),
        ("Requires", UnitPropertyKind.Units),
        ("Wants", UnitPropertyKind.Units),
    ];

    private static readonly Dictionary<string, UnitPropertyKind> ByName = All.ToDictionary(
        setting => setting.Name,
        setting => setting.Kind,
        StringComparer.Ordinal
    );

    /// <summary>Their names, grouped by what they are about.</summary>
    public static ImmutableArray<string> Names { get; } = [.. All.Select(setting => setting.Name)];

    /// <summary>How a setting's text is read, or <see langword="null"/> for one that is not known.</summary>
    public static UnitPropertyKind? Find(string name) => ByName.GetValueOrDefault(name);
}
