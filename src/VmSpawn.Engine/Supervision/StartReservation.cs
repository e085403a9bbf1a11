using System.Diagnostics;
using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Machines;
using VmSpawn.Engine.Native;
using VmSpawn.Engine.Planning;

namespace VmSpawn.Engine.Supervision;

/// <summary>What a start reserves before anything runs: the name, the images and the VSOCK identifier. Undone unless it is handed over.</summary>
internal sealed class StartReservation : IDisposable
{
    // How long a name may be held by somebody who is just clearing it up.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan BetweenAttempts = TimeSpan.FromMilliseconds(10);

    private readonly NameLock name;
    private IReadOnlyList<FileDescriptor> claims = [];
    private bool isHandedOver;

    private StartReservation(NameLock name) => this.name = name;

    /// <summary>The locks that the supervisor inherits: the name's first.</summary>
    public IEnumerable<FileDescriptor> Locks => claims.Prepend(name.Descriptor);

    /// <summary>Reserves everything, or nothing.</summary>
    /// <exception cref="VmSpawnException"><c>MachineNameBusy</c>, <c>ImageBusy</c>, <c>ImageNotFound</c>, <c>VsockCidBusy</c>.</exception>
    public static async Task<StartReservation> TakeAsync(
        MachineStore store,
        LaunchPlan plan,
        CancellationToken cancellationToken
    )
    {
        var reservation = new StartReservation(await TakeNameAsync(store, plan.Name, cancellationToken));
        try
        {
            // A run directory that was there already belongs to a VM whose supervisor was killed.
            new OrphanSweep(store.Root, TimeProvider.System).Clear(reservation.name);
            reservation.claims = ClaimLock.TakeAll(store.Root, plan.Name, plan.Claims);
            if (plan.VsockClaim is { } claim)
            {
                reservation.claims = [.. reservation.claims, ClaimLock.TakeCid(store.Root, plan.Name, claim.Cid)];
            }

            return reservation;
        }
        catch
        {
            reservation.Dispose();
            throw;
        }
    }

    /// <summary>From now on the supervisor holds the locks and undoes everything.</summary>
    public void HandOver()
    {
        isHandedOver = true;
        foreach (var descriptor in Locks)
        {
            descriptor.Dispose();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (isHandedOver)
        {
            return;
        }

        isHandedOver = true;
        foreach (var claim in claims)
        {
            ClaimLock.Release(claim);
        }

        using (name)
        {
            name.RunDirectory.Remove();
        }
    }

    private static async Task<NameLock> TakeNameAsync(
        MachineStore store,
        string machine,
        CancellationToken cancellationToken
    )
    {
        var run = store.RunDirectoryOf(machine);
        var begun = Stopwatch.GetTimestamp();
        while (true)
        {
            if (NameLock.TryReserve(run) is { } taken)
            {
                return taken;
            }

            var holder = run.ReadState();
            var lives =
                holder is { State: MachineState.Starting or MachineState.Running or MachineState.Paused }
                && holder.Monitor is { IsAlive: true };
            if (lives || Stopwatch.GetElapsedTime(begun) > Patience)
            {
                throw Busy(machine, holder);
            }

            await Task.Delay(BetweenAttempts, cancellationToken);
        }
    }

    private static VmSpawnException Busy(string machine, MachineRecord? holder) =>
        new(
            "MachineNameBusy",
            VmErrorKind.Busy,
            $"A VM named '{machine}' exists already"
                + (holder?.Monitor is { } monitor ? $" (supervisor: process {monitor.Id})." : "."),
            machine,
            "Choose another name with -Machine, or stop that VM with Stop-VmSpawn."
        );
}
