using System.Collections.Concurrent;
using System.Collections.Immutable;
using VmSpawn.Engine.Boot;
using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Console;
using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Firmware;
using VmSpawn.Engine.Host;
using VmSpawn.Engine.Images;
using VmSpawn.Engine.Machines;
using VmSpawn.Engine.Planning;
using VmSpawn.Engine.Ssh;
using VmSpawn.Engine.Supervision;
using VmSpawn.Services;

namespace VmSpawn.PowerShell.Tests.Fakes;

/// <summary>VMs that exist in memory only; what a test does not set behaves as a VM that starts at once and runs on.</summary>
internal sealed class FakeEngine : IEngineServices
{
    private readonly ConcurrentDictionary<string, MachineRecord> _machines = new();

    /// <summary>What was done, one line each, such as <c>start a</c>.</summary>
    public ConcurrentQueue<string> Calls { get; } = new();

    /// <summary>What the cmdlet described last.</summary>
    public VmConfiguration? Configuration { get; private set; }

    /// <summary>Makes the plan.</summary>
    public Func<VmConfiguration, LaunchPlan> Planning { get; set; } = Samples.Plan;

    /// <summary>Runs during a start, after the first progress report.</summary>
    public Func<CancellationToken, Task> Starting { get; set; } = _ => Task.CompletedTask;

    /// <summary>Runs while somebody waits for a VM's end, and gives the end.</summary>
    public Func<MachineRecord, CancellationToken, Task<MachineRecord>> Ending { get; set; } =
        (machine, _) => Task.FromResult(Samples.Ended(machine, 0));

    /// <summary>Why a VM that is stopped ends.</summary>
    public string EndReason { get; set; } = "guest-shutdown";

    /// <summary>Runs before a stop.</summary>
    public Func<CancellationToken, Task> Stopping { get; set; } = _ => Task.CompletedTask;

    /// <summary>Gives the console to somebody who wants so much of what was written before.</summary>
    public Func<int, Stream> Attaching { get; set; } =
        _ => throw new VmSpawnException("MachineEnded", VmErrorKind.NotFound, "It has ended.");

    /// <summary>Runs while a console is on the terminal, and says how that ends.</summary>
    public Func<CancellationToken, Task<TerminalEnd>> Showing { get; set; } = _ => Task.FromResult(TerminalEnd.Escaped);

    /// <summary>The console of every VM.</summary>
    public IConsoleReader Console { get; set; } = new FakeConsole("");

    /// <summary>What the host describes.</summary>
    public IReadOnlyList<FirmwareCandidate> Firmware { get; set; } = [];

    /// <summary>What the machine pools hold.</summary>
    public IReadOnlyDictionary<string, MachineImage> Images { get; set; } = new Dictionary<string, MachineImage>();

    /// <summary>Reads a journal.</summary>
    public Func<
        JournalRequest,
        Action<VmSpawn.Engine.Journal.JournalEntry>,
        Action<string>,
        CancellationToken,
        Task
    > Journal { get; set; } = (_, _, _, _) => Task.CompletedTask;

    public Task ReadJournalAsync(
        JournalRequest request,
        Action<VmSpawn.Engine.Journal.JournalEntry> onEntry,
        Action<string> onWarning,
        CancellationToken cancellationToken
    ) => Journal(request, onEntry, onWarning, cancellationToken);

    public void Add(params MachineRecord[] machines)
    {
        foreach (var machine in machines)
        {
            _machines[machine.Name] = machine;
        }
    }

    public CredentialSpec ReadCredential(CredentialId id, string path, CancellationToken cancellationToken) =>
        new LocalEngine().ReadCredential(id, path, cancellationToken);

    public VmConfiguration ReadCredentials(VmConfiguration configuration, CancellationToken cancellationToken) =>
        configuration;

    public LaunchPlan Plan(VmConfiguration configuration)
    {
        Configuration = configuration;
        return Planning(configuration);
    }

    public async Task<MachineRecord> StartAsync(
        LaunchPlan plan,
        IProgress<StartProgress>? progress,
        CancellationToken cancellationToken
    )
    {
        Calls.Enqueue($"start {plan.Name}");
        progress?.Report(new StartProgress(StartPhase.Reserving, "Reserving"));
        progress?.Report(new StartProgress(StartPhase.WaitingForQemu, "Starting QEMU"));
        try
        {
            await Starting(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            Calls.Enqueue($"undo {plan.Name}");
            throw;
        }

        var machine = Samples.Running(plan.Name) with { Summary = plan.Summary };
        Add(machine);
        return machine;
    }

    public IReadOnlyList<MachineRecord> List() =>
        [.. _machines.Values.OrderBy(machine => machine.Name, StringComparer.Ordinal)];

    public MachineRecord? Find(string name) => _machines.GetValueOrDefault(name);

    public async Task<MachineRecord> StopAsync(string name, StopRequest request, CancellationToken cancellationToken)
    {
        Calls.Enqueue(request.TurnOff ? $"turn off {name}" : $"stop {name} within {request.Timeout.TotalSeconds} s");
        await Stopping(cancellationToken);
        return _machines[name] = Samples.Ended(_machines[name], 0) with { EndReason = EndReason };
    }

    public async Task<MachineRecord> WaitAsync(
        string name,
        WaitCondition condition,
        TimeSpan? timeout,
        CancellationToken cancellationToken
    )
    {
        Calls.Enqueue($"wait {name} {condition}{(timeout is { } span ? $" {span.TotalSeconds} s" : "")}");
        if (condition == WaitCondition.Running)
        {
            return _machines[name];
        }

        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limited.CancelAfter(timeout ?? Timeout.InfiniteTimeSpan);
        try
        {
            return _machines[name] = await Ending(_machines[name], limited.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new VmSpawnException("WaitTimedOut", VmErrorKind.Timeout, $"'{name}' has not ended.", name);
        }
    }

    public Task<Stream> OpenConsoleAsync(string name, int history, CancellationToken cancellationToken) =>
        Task.FromResult(Attaching(history));

    public Task<TerminalEnd> ShowConsoleAsync(string name, TerminalRequest request, CancellationToken cancellationToken)
    {
        Calls.Enqueue($"show {name} {(request.Interactive ? "interactive" : "read-only")}");
        return Showing(cancellationToken);
    }

    public Task<IConsoleReader> ReadConsoleAsync(string name, CancellationToken cancellationToken) =>
        Task.FromResult(Console);

    public Task TypeAsync(string name, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        Calls.Enqueue(
            $"type {name} {string.Concat(bytes.ToArray().Select(b => b is >= 0x20 and < 0x7f ? $"{(char)b}" : $"<{b:x2}>"))}"
        );
        return Task.CompletedTask;
    }

    public Task<byte[]> TakeScreenshotAsync(string name, CancellationToken cancellationToken) =>
        Task.FromResult("a picture"u8.ToArray());

    public Task PressAsync(
        string name,
        IEnumerable<ImmutableArray<string>> presses,
        CancellationToken cancellationToken
    )
    {
        Calls.Enqueue($"press {name} {string.Join(' ', presses.Select(press => string.Join('+', press)))}");
        return Task.CompletedTask;
    }

    public IReadOnlyList<FirmwareCandidate> ListFirmware(
        string? architecture,
        Tristate secureBoot,
        IReadOnlyCollection<string> features
    )
    {
        Calls.Enqueue($"firmware {architecture} {secureBoot} {string.Join('+', features)}");
        return Firmware;
    }

    public IReadOnlyDictionary<string, MachineImage> ListImages() => Images;

    public BootMenu ListBootEntries(string path) => BootMenu.Read(new LinuxHost(), path);

    public SshKeyFile MakeSshKey(SshKeyRequest request)
    {
        Calls.Enqueue($"key {request.Type} {request.Bits} {request.Path} '{request.Comment}'");
        return Samples.Key(request.Path?.Value ?? "/run/vmspawn/.keys/1-1/ed25519-a", request.Type);
    }

    public SshKeyFile ReadSshKey(string path) => Samples.Key(path, "ed25519");

    public string WriteSshConfiguration(string name, PlannedSsh ssh) =>
        SshConfiguration.Write(name, ssh, "/usr/lib/vmspawn-monitor").TrimEnd('\n');

    public void Forget(string name)
    {
        Calls.Enqueue($"forget {name}");
        _machines.TryRemove(name, out _);
    }
}
