using System.Globalization;
using VmSpawn.Engine.Host;
using VmSpawn.Engine.Systemd;

namespace VmSpawn.Engine.Machines;

/// <summary>
/// Takes a VM whose supervisor was killed out of machined's register. Mostly machined has done so by itself, since the
/// VM's scope is gone; a VM that stayed in a unit with other processes is kept by it.
/// </summary>
internal static class StaleRegistration
{
    /// <summary>Takes it out, if the entry of that name is still this VM's. What cannot be done is left.</summary>
    public static void Remove(MachineRecord record)
    {
        if (record.Registration is not { IsRegistered: true } registration || record.Qemu is not { } qemu)
        {
            return;
        }

        var bus = new BusCommand(registration.Busctl, registration.Manager);
        var leader = string.Create(CultureInfo.InvariantCulture, $"u {qemu.Id}");
        if (Run(bus.GetLeader(record.Name))?.Trim() == leader)
        {
            Run(bus.Unregister(record.Name));
        }
    }

    private static string? Run(IReadOnlyList<string> argv)
    {
        try
        {
            var result = new BoundedCommand(argv[0], [.. argv.Skip(1)], BusCommand.Limit).Run();
            return result.ExitCode == 0 ? result.Output : null;
        }
        catch (IOException)
        {
            return null;
        }
    }
}
