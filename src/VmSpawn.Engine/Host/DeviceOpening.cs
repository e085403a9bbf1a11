using System.Runtime.InteropServices;
using VmSpawn.Engine.Native;

namespace VmSpawn.Engine.Host;

/// <summary>Whether a device can be opened read-write, and if not, why.</summary>
internal static class DeviceOpening
{
    private const int NonBlocking = 0x800; // O_NONBLOCK
    private const int NoDeviceOrAddress = 6; // ENXIO
    private const int NoDevice = 19; // ENODEV

    /// <summary>What stands in the way, as far as the remedy depends on it.</summary>
    public enum Obstacle
    {
        /// <summary>There is no such device, or a node without a driver.</summary>
        Missing,

        /// <summary>The caller may not open it.</summary>
        Permission,

        /// <summary>Anything else.</summary>
        Broken,
    }

    /// <summary>Why a device cannot be opened.</summary>
    /// <param name="Obstacle">What stands in the way.</param>
    /// <param name="Reason">A clause that begins with the device's path.</param>
    public sealed record Fault(Obstacle Obstacle, string Reason);

    /// <summary>Opens and closes the device; <see langword="null"/> if that worked.</summary>
    public static Fault? TryOpen(string path)
    {
        using var device = NativeFile.TryOpen(path, NativeFile.ReadWrite | NonBlocking);
        var error = device is null ? Marshal.GetLastPInvokeError() : 0;
        var words = Marshal.GetPInvokeErrorMessage(error);
        return error switch
        {
            0 => null,
            Errno.NoEntry or Errno.NotDirectory => new Fault(Obstacle.Missing, $"{path} does not exist"),
            NoDevice or NoDeviceOrAddress => new Fault(Obstacle.Missing, $"{path} has no driver behind it ({words})"),
            Errno.NotPermitted or Errno.AccessDenied => new Fault(
                Obstacle.Permission,
                $"{path} may not be opened for reading and writing ({words})"
            ),
            _ => new Fault(Obstacle.Broken, $"{path} cannot be opened ({words})"),
        };
    }
}
