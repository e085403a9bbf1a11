using System.Collections.Immutable;
using System.Diagnostics;
using VmSpawn.Engine.Machines;
using VmSpawn.Engine.Planning;
using VmSpawn.Engine.Supervision;
using Xunit;

namespace VmSpawn.Engine.Tests.Supervision;

/// <summary>
/// A runtime directory of its own, a dummy QEMU and the real supervisor; and in the end the proof that nothing is left.
/// </summary>
internal sealed class Scene : IAsyncDisposable
{
    private static readonly TimeSpan TestTime = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan TimeToVanish = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(
        TestContext.Current.CancellationToken
    );

    public Scene()
    {
        limit.CancelAfter(TestTime);
        // Short, and not below a deep TMPDIR: socket paths end at 107 bytes.
        Root = Path.Join("/tmp", $"ve-{Path.GetRandomFileName()[..8]}");
        Directory.CreateDirectory(Root, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Qemu = DummyQemu.Install(Files);
        Store = new MachineStore(Root);
        Starter = new MachineStarter(Store, Monitor);
        Control = new MachineControl(Store);
    }

    /// <summary>The supervisor: <c>VMSPAWN_MONITOR</c>, or the one that was built with the tests.</summary>
    public static string Monitor { get; } =
        Environment.GetEnvironmentVariable(MonitorBinary.OverrideVariable) is { Length: > 0 } named
            ? named
            : Path.Join(AppContext.BaseDirectory, "vmspawn-monitor");

    public string Root { get; }

    public TemporaryDirectory Files { get; } = new();

    public string Qemu { get; }

    public MachineStore Store { get; }

    public MachineStarter Starter { get; }

    public MachineControl Control { get; }

    /// <summary>Ends a test that takes too long.</summary>
    public CancellationToken Limit => limit.Token;

    public LaunchPlan Plan(string behaviour = DummyQemu.WellBehaved, string name = "vm") =>
        new()
        {
            Name = name,
            RunDirectory = Path.Join(Root, name),
            QemuBinary = Qemu,
            QemuOptions = [],
            ExtraQemuArguments = [behaviour],
            Descriptors = [new QmpDescriptor(3), new ConsoleDescriptor(4)],
            Summary = new MachineSummary
            {
                Architecture = "x86_64",
                MachineType = "q35",
                Accelerator = "tcg",
                Cpus = 1,
                MemoryBytes = 1 << 26,
            },
        };

    public Task<MachineRecord> StartAsync(string behaviour = DummyQemu.WellBehaved, string name = "vm") =>
        StartAsync(Plan(behaviour, name));

    public Task<MachineRecord> StartAsync(LaunchPlan plan) => Starter.StartAsync(plan, progress: null, Limit);

    public Task<MachineRecord> StopAsync(string name = "vm") => Control.StopAsync(name, new StopRequest(), Limit);

    public Task<MachineRecord> TurnOffAsync(string name = "vm") =>
        Control.StopAsync(name, new StopRequest { TurnOff = true }, Limit);

    public Task<MachineRecord> WaitForExitAsync(string name = "vm") =>
        Control.WaitAsync(name, WaitCondition.Exit, TimeSpan.FromSeconds(60), Limit);

    /// <summary>Starts a plan from another process.</summary>
    public Process StartElsewhere(LaunchPlan plan)
    {
        var planFile = Files.Write($"{Path.GetRandomFileName()}.json", LaunchPlanJson.Serialize(plan));
        return Process.Start(
            new ProcessStartInfo(
                Path.Join(AppContext.BaseDirectory, "VmSpawn.Engine.Starter"),
                [Monitor, Root, planFile]
            )
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
            }
        )!;
    }

    /// <summary>Waits until something is so.</summary>
    /// <returns>How long that took.</returns>
    public async Task<TimeSpan> EventuallyAsync(Func<bool> condition, string complaint, TimeSpan? within = null)
    {
        var watch = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(watch.Elapsed < (within ?? TimeSpan.FromSeconds(30)), complaint);
            await Task.Delay(5, Limit);
        }

        return watch.Elapsed;
    }

    public Task NothingIsLeftAsync() =>
        EventuallyAsync(() => Leftovers().IsEmpty, string.Join("\n", Leftovers()), TimeToVanish);

    public async ValueTask DisposeAsync()
    {
        try
        {
            await NothingIsLeftAsync();
            Assert.Empty(Claims());
        }
        finally
        {
            foreach (var name in Store.List().Select(record => record.Name))
            {
                await TurnOffAsync(name);
            }

            Directory.Delete(Root, recursive: true);
            Files.Dispose();
            limit.Dispose();
        }
    }

    private string[] Claims() =>
        Directory.Exists(Path.Join(Root, ".claims")) ? Directory.GetFiles(Path.Join(Root, ".claims")) : [];

    private ImmutableArray<string> Leftovers() =>
        [
            .. ProcessTable.Concerning(Root, Files.Root),
            .. Directory
                .EnumerateFileSystemEntries(Root)
                .Where(path => Path.GetFileName(path) is not (".claims" or ".ended")),
        ];
}
