using System.Collections.Immutable;
using VmSpawn.Engine.Planning;

namespace VmSpawn.Engine.Machines;

/// <summary>
/// What is recorded of a VM in <c>state.json</c> of its run directory, replaced by atomic rename on every change and
/// kept, after its end, among the ended VMs.
/// </summary>
public sealed record MachineRecord
{
    /// <summary>Name of the VM.</summary>
    public required string Name { get; init; }

    /// <summary>Identifier of this one start; another start of the same name has another.</summary>
    public required Guid Id { get; init; }

    /// <summary>Where the VM is in its life.</summary>
    public required MachineState State { get; init; }

    /// <summary>Run directory while it lives; afterwards the directory its record and console log are kept in.</summary>
    public required string RunDirectory { get; init; }

    /// <summary>The VM in a few words.</summary>
    public required MachineSummary Summary { get; init; }

    /// <summary>When the supervisor began, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When QEMU answered and ran the guest, UTC.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When the VM ended, UTC.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The supervisor.</summary>
    public ProcessIdentity? Monitor { get; init; }

    /// <summary>QEMU.</summary>
    public ProcessIdentity? Qemu { get; init; }

    /// <summary>The helper processes, in the order of their start.</summary>
    public ImmutableArray<HelperProcess> Helpers
    {
        get;
        // Reading JSON without the property sets an array that is none.
        init => field = value.IsDefault ? [] : value;
    } = [];

    /// <summary>Files outside the run directory that end with the VM.</summary>
    public ImmutableArray<string> TemporaryFiles
    {
        get;
        init => field = value.IsDefault ? [] : value;
    } = [];

    /// <summary>Where systemd on the host has the VM, or <see langword="null"/> if it was told of nothing.</summary>
    public MachineRegistration? Registration { get; init; }

    /// <summary>What the guest has told of itself, or <see langword="null"/> if nothing.</summary>
    public GuestReport? Guest { get; init; }

    /// <summary>What its user should know of its life so far, each once; 16 at most.</summary>
    public ImmutableArray<string> Warnings
    {
        get;
        init => field = value.IsDefault ? [] : value;
    } = [];

    /// <summary>
    /// The guest's exit status once the VM has ended as it should: 0, or what the guest reported;
    /// <see langword="null"/> while it lives and after a failure.
    /// </summary>
    public int? ExitStatus { get; init; }

    /// <summary>Why it ended, in QEMU's word for it (QMP event SHUTDOWN: <c>guest-shutdown</c>, <c>host-qmp-quit</c> ...), or <see langword="null"/>.</summary>
    public string? EndReason { get; init; }

    /// <summary>The failure it ended with, or <see langword="null"/>.</summary>
    public MachineFailure? Failure { get; init; }
}
