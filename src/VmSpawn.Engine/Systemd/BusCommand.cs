using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using VmSpawn.Engine.Planning;

namespace VmSpawn.Engine.Systemd;

/// <summary>Calls of systemd's D-Bus interfaces, as command lines of busctl(1), each of which ends within a bounded time.</summary>
/// <param name="program">Path of <c>busctl</c>.</param>
/// <param name="manager">Whose bus.</param>
internal sealed class BusCommand(string program, ServiceManager manager)
{
    private const string Systemd = "org.freedesktop.systemd1";
    private const string Machined = "org.freedesktop.machine1";

    // Seconds until busctl gives up. An activated machined answers in some hundred milliseconds on a slow host.
    private const int Seconds = 5;

    /// <summary>Longer than a command takes that keeps its own limit.</summary>
    public static TimeSpan Limit { get; } = TimeSpan.FromSeconds(Seconds + 1);

    /// <summary>Makes a scope of processes that run already (<c>StartTransientUnit</c>).</summary>
    public ImmutableArray<string> StartScope(PlannedScope scope, IReadOnlyCollection<int> processes)
    {
        BusProperty[] properties = [.. scope.Properties, BusProperty.Processes("PIDs", processes)];
        return Call(
            Systemd,
            "/org/freedesktop/systemd1",
            "Manager",
            "StartTransientUnit",
            "ssa(sv)a(sa(sv))",
            [
                scope.Unit,
                "fail",
                Words(properties.Length),
                .. properties.SelectMany(one => one.Arguments.Insert(0, one.Signature).Insert(0, one.Name)),
                "0",
            ]
        );
    }

    /// <summary>Starts machined, which is started on demand and may open its socket only then.</summary>
    public ImmutableArray<string> StartMachined() =>
        [
            .. Prefix,
            "org.freedesktop.DBus",
            "/org/freedesktop/DBus",
            "org.freedesktop.DBus",
            "StartServiceByName",
            "su",
            Machined,
            "0",
        ];

    /// <summary>Registers a VM (<c>RegisterMachineWithNetwork</c>).</summary>
    /// <param name="machine">The VM.</param>
    /// <param name="leader">QEMU's process id.</param>
    public ImmutableArray<string> Register(PlannedMachine machine, int leader)
    {
        var id = machine.Id is null ? [] : Convert.FromHexString(machine.Id);
        return CallMachined(
            "RegisterMachineWithNetwork",
            "sayssusai",
            [
                machine.Name,
                Words(id.Length),
                .. id.Select(value => Words(value)),
                machine.Service,
                PlannedMachine.Class,
                Words(leader),
                machine.RootDirectory ?? "",
                // Network interfaces: those of a VM are its own business.
                "0",
            ]
        );
    }

    /// <summary>Takes a VM out of the register.</summary>
    public ImmutableArray<string> Unregister(string name) => CallMachined("UnregisterMachine", "s", [name]);

    /// <summary>Asks for the process that a registered VM is known by.</summary>
    public ImmutableArray<string> GetLeader(string name) =>
        [
            .. Options,
            "get-property",
            Machined,
            $"/org/freedesktop/machine1/machine/{Label(name)}",
            $"{Machined}.Machine",
            "Leader",
        ];

    private ImmutableArray<string> CallMachined(string method, string signature, ReadOnlySpan<string> arguments) =>
        Call(Machined, "/org/freedesktop/machine1", "Manager", method, signature, arguments);

    private ImmutableArray<string> Call(
        string service,
        string path,
        string type,
        string method,
        string signature,
        ReadOnlySpan<string> arguments
    ) => [.. Prefix, service, path, $"{service}.{type}", method, signature, .. arguments];

    private ImmutableArray<string> Options =>
        [
            program,
            manager is ServiceManager.System ? "--system" : "--user",
            $"--timeout={Seconds}",
            // Nobody is there to be asked for a password.
            "--allow-interactive-authorization=no",
        ];

    private ImmutableArray<string> Prefix => Options.Add("call");

    // As sd_bus_path_encode(3) writes a name into a path.
    private static string Label(string name)
    {
        var label = new StringBuilder();
        foreach (var letter in name)
        {
            var isPlain = char.IsAsciiLetter(letter) || (char.IsAsciiDigit(letter) && label.Length > 0);
            label.Append(isPlain ? letter : $"_{(int)letter:x2}");
        }

        return label.ToString();
    }

    private static string Words(int value) => value.ToString(CultureInfo.InvariantCulture);
}
