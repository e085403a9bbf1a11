using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Host;

namespace VmSpawn.Engine.Resolution;

/// <summary>Whether the VM is registered with the host's machine manager (the spec, section 8.6).</summary>
internal static class RegistrationDecider
{
    /// <summary>Decides: root only, unless declined.</summary>
    /// <exception cref="HostRequirementException">It was demanded without root privileges.</exception>
    public static bool Decide(VmConfiguration configuration, IHost host) =>
        configuration.Register switch
        {
            Tristate.No => false,
            Tristate.Yes when !host.IsPrivileged => throw new HostRequirementException(
                "RegisterNeedsRoot",
                "root privileges",
                "Registering a VM (--register) needs root privileges.",
                "Run as root, or leave -Register out."
            ),
            _ => host.IsPrivileged,
        };
}
