using System.Text;
using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Host;

namespace VmSpawn.Engine.Resolution;

/// <summary>
/// The service manager that waits to hear from the process that starts the VM (sd_notify(3)), such as systemd for a unit
/// with <c>Type=notify</c>.
/// </summary>
internal static class ServiceManagerSocket
{
    private const string Variable = "NOTIFY_SOCKET";

    // sun_path of sockaddr_un holds 108 bytes; an abstract name needs no NUL (unix(7)).
    private const int LongestAddress = 107;

    /// <summary>The address, or <see langword="null"/> if nobody waits.</summary>
    public static string? Find(IHost host, VmConfiguration configuration, NotifyTransport transport, DecisionLog log)
    {
        if (host.GetEnvironmentVariable(Variable) is not { Length: > 0 } address)
        {
            return null;
        }

        if (address[0] is not ('/' or '@') || Encoding.UTF8.GetByteCount(address) is 1 or > LongestAddress)
        {
            log.Warn($"The service manager is not told of the VM: '{address}' in {Variable} is no UNIX socket.");
            return null;
        }

        if (transport is NotifyTransport.None && configuration.NotifyReady)
        {
            log.Warn(
                "The service manager waits for READY=1 and will not get it: the guest has no way to say so. Use -NotifyReady no."
            );
        }

        return address;
    }
}
