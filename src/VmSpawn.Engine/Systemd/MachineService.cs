using System.Collections.Immutable;
using System.Text;

namespace VmSpawn.Engine.Systemd;

/// <summary>A service of systemd that runs a VM from the boot of the host on.</summary>
public sealed record MachineService
{
    /// <summary>First line of each unit file that is written here: what lacks it is somebody else's.</summary>
    public const string Marker = "# Written by Register-VmSpawnService; Unregister-VmSpawnService removes it.";

    // Settings that are not of services alone (systemd.unit(5)).
    private static readonly HashSet<string> UnitSection =
    [
        "After",
        "Before",
        "BindsTo",
        "CollectMode",
        "Conflicts",
        "Description",
        "PartOf",
        "Requires",
        "Wants",
    ];

    private const string Prefix = "vmspawn-";
    private const string Suffix = ".service";

    /// <summary>Name of the VM.</summary>
    public required string Name { get; init; }

    /// <summary>Whose service it is.</summary>
    public required ServiceManager Manager { get; init; }

    /// <summary>The command that starts the VM and may end then: program and arguments.</summary>
    public required ImmutableArray<string> Start { get; init; }

    /// <summary>Directory that relative paths in the command begin at.</summary>
    public required string WorkingDirectory { get; init; }

    /// <summary>Files that must be reachable first.</summary>
    public ImmutableArray<string> RequiredFiles { get; init; } = [];

    /// <summary>Block devices that the VM uses.</summary>
    public ImmutableArray<string> Devices { get; init; } = [];

    /// <summary>Further settings of the unit.</summary>
    public ImmutableArray<UnitProperty> Properties { get; init; } = [];

    /// <summary>Slice, or <see langword="null"/> for the usual one.</summary>
    public SliceName? Slice { get; init; }

    /// <summary>What starts it at boot, such as <c>machines.target</c>.</summary>
    public required string WantedBy { get; init; }

    /// <summary>Name of the unit.</summary>
    public string Unit => UnitOf(Name);

    /// <summary>Name of the unit for a VM of that name.</summary>
    public static string UnitOf(string machine) => $"{Prefix}{machine}{Suffix}";

    /// <summary>Name of the VM that a unit file is for, or <see langword="null"/>.</summary>
    public static string? MachineOf(string fileName) =>
        fileName.StartsWith(Prefix, StringComparison.Ordinal)
        && fileName.EndsWith(Suffix, StringComparison.Ordinal)
        && fileName.Length > Prefix.Length + Suffix.Length
            ? fileName[Prefix.Length..^Suffix.Length]
            : null;

    /// <summary>
    /// The unit file (the spec, section 8.11). The starting shell ends once the VM runs; the supervisor, which stays in the
    /// unit's control group, then is its main process, tells when the guest is ready, and ends the VM in an orderly way when
    /// it is told to end.
    /// </summary>
    public string ToUnitFile()
    {
        var isSystem = Manager is ServiceManager.System;
        var text = new StringBuilder();
        text.Append($"{Marker}\n\n[Unit]\nDescription=Virtual Machine {UnitText.Line(Name)}\n");
        if (isSystem)
        {
            text.Append("After=network.target modprobe@tun.service\nWants=modprobe@tun.service\n");
        }

        if (WantedBy == "machines.target")
        {
            text.Append("PartOf=machines.target\nBefore=machines.target\n");
        }

        foreach (var file in RequiredFiles)
        {
            text.Append($"RequiresMountsFor={UnitText.Word(file)}\n");
        }

        AppendProperties(text, ofUnit: true);
        text.Append("\n[Service]\nType=notify\nNotifyAccess=all\n");
        text.Append($"WorkingDirectory=-{UnitText.Line(WorkingDirectory)}\n");
        text.Append($"ExecStart={string.Join(' ', Start.Select(UnitText.CommandWord))}\n");
        text.Append("KillMode=mixed\nTimeoutStartSec=5min\nTimeoutStopSec=2min\n");
        if (Slice is not null || isSystem)
        {
            text.Append($"Slice={Slice ?? SliceName.Machine}\n");
        }

        if (isSystem)
        {
            AppendDevices(text);
        }

        AppendProperties(text, ofUnit: false);
        text.Append($"\n[Install]\nWantedBy={WantedBy}\n");
        return text.ToString();
    }

    private void AppendProperties(StringBuilder text, bool ofUnit)
    {
        foreach (var property in Properties.Where(one => UnitSection.Contains(one.Bus.Name) == ofUnit))
        {
            text.Append($"{(property.Bus.Name == "Description" ? UnitText.Line(property.Text) : property.Text)}\n");
        }
    }

    private void AppendDevices(StringBuilder text)
    {
        text.Append("DevicePolicy=closed\nDeviceAllow=/dev/net/tun rwm\nDeviceAllow=char-pts rw\n");
        text.Append("DeviceAllow=/dev/kvm rw\nDeviceAllow=/dev/vhost-vsock rw\nDeviceAllow=/dev/vhost-net rw\n");
        foreach (var device in Devices)
        {
            text.Append($"DeviceAllow={UnitText.Word(device)} rw\n");
        }
    }
}
