using System.Net;
using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Host;
using VmSpawn.Engine.Ssh;

namespace VmSpawn.Engine.Resolution;

/// <summary>Whether the guest gets an SSH key, which, and how it is used (the spec, section 8.5).</summary>
/// <param name="configuration">What is wanted.</param>
/// <param name="host">The host.</param>
/// <param name="log">Takes the reasons.</param>
internal sealed class SshKeyDecider(VmConfiguration configuration, IHost host, DecisionLog log)
{
    private const string Subject = "ssh key";

    // What starts a server on VSOCK (systemd-ssh-generator(8)), and takes units as credentials.
    private const int FirstVersion = 256;

    private const ushort OwnPort = 22;

    private bool IsWanted => configuration.PassSshKey is Tristate.Yes || configuration.SshKey is not null;

    /// <summary>Decides; <see langword="null"/> for none.</summary>
    /// <param name="vsock">The VSOCK device.</param>
    /// <param name="tree">Directory tree that is booted, or <see langword="null"/>.</param>
    /// <exception cref="VmSpawnException">
    /// It was demanded and cannot be made (<c>SshKeygenNotFound</c>), the given one cannot be used (<c>SshKeyNotFound</c>,
    /// <c>SshKeyNotUsable</c>), or is not to be passed on (<c>SshKeyNotPassed</c>).
    /// </exception>
    public ResolvedSshKey? Decide(ResolvedVsock? vsock, string? tree)
    {
        if (configuration.PassSshKey is Tristate.No)
        {
            return configuration.SshKey is not { } useless
                ? null
                : throw new VmSpawnException(
                    "SshKeyNotPassed",
                    VmErrorKind.ConflictingArguments,
                    $"An SSH key ('{useless}') was given, and passing one on was forbidden.",
                    useless.Value,
                    "Leave -SshKey or -PassSshKey out."
                );
        }

        CheckGiven();
        var (route, reason) = FindRoute(vsock, tree is null ? null : TreeSystemd.VersionOf(tree, host.Files));
        if (route is SshRoute.None && !IsWanted)
        {
            log.Decide(Subject, "off", reason);
            return null;
        }

        if (host.FindExecutable("ssh-keygen") is not { } keygen)
        {
            if (!IsWanted)
            {
                log.Decide(Subject, "off", "there is no ssh-keygen in PATH");
                return null;
            }

            keygen = SshKeygen.Find(host).Program;
        }

        var port = FindPort(route);
        log.Decide("ssh", Describe(route, port), reason);
        return WithKey(
            new ResolvedSshKey(keygen, configuration.SshKeyType, IsPassed: !HasOwnKeys(route))
            {
                Route = route,
                Port = port,
                Client = FindClient(),
            }
        );
    }

    private static string Describe(SshRoute route, ushort? port) =>
        route switch
        {
            SshRoute.Vsock => "over VSOCK",
            SshRoute.OwnServer => $"port {port} to the guest's own server",
            SshRoute.HandedServer => $"port {port} to a server that is handed over",
            _ => "no way is known",
        };

    private (SshRoute Route, string Reason) FindRoute(ResolvedVsock? vsock, int? version)
    {
        if (IsWanted && FindForward(OwnPort) is not null)
        {
            return (SshRoute.OwnServer, "a forward to the guest's own server was given");
        }

        var isOld = version < FirstVersion;
        if (vsock is not null && !isOld)
        {
            return (SshRoute.Vsock, "systemd 256 and later has a server there");
        }

        var old = $"the tree's systemd {version} is older than {FirstVersion}";
        if (configuration.Network is not NetworkMode.User)
        {
            return (
                SshRoute.None,
                vsock is not null
                    ? $"{old} and has no server on VSOCK"
                    : "without VSOCK and user mode network nobody could use it"
            );
        }

        if (version >= FirstVersion)
        {
            return (SshRoute.HandedServer, $"the tree's systemd {version} takes units as credentials");
        }

        if (IsWanted || configuration.Ephemeral)
        {
            return (
                SshRoute.OwnServer,
                IsWanted
                    ? "root's list of keys may be changed, since a key was asked for"
                    : "root's list of keys may be changed, since the VM is ephemeral"
            );
        }

        return isOld
            ? (SshRoute.None, $"{old}, and root's own list of keys is changed only where -PassSshKey yes asks for it")
            : (SshRoute.HandedServer, "systemd 256 and later takes units as credentials");
    }

    private ushort? FindPort(SshRoute route)
    {
        if (route is not (SshRoute.OwnServer or SshRoute.HandedServer))
        {
            return null;
        }

        // A forward that the user has made already will do.
        if (FindForward(route is SshRoute.OwnServer ? OwnPort : GuestServer.HandedPort) is { } made)
        {
            return made.HostPort;
        }

        var taken = configuration.PortForwards.Select(forward => forward.HostPort).ToHashSet();
        for (var attempt = 0; attempt < 16; attempt++)
        {
            if (host.FindFreePort() is var port && !taken.Contains(port))
            {
                return port;
            }
        }

        throw new VmSpawnException(
            "NoFreePort",
            VmErrorKind.Busy,
            "No free port of this host was found for SSH.",
            hint: "Name one with -PortForward, such as 2222:22, or say -PassSshKey no."
        );
    }

    private PortForward? FindForward(ushort guestPort) =>
        configuration.PortForwards.FirstOrDefault(forward =>
            forward.Protocol is TransportProtocol.Tcp
            && forward.GuestPort == guestPort
            && (forward.HostAddress.Equals(IPAddress.Loopback) || forward.HostAddress.Equals(IPAddress.Any))
        );

    private bool HasOwnKeys(SshRoute route)
    {
        var own = configuration
            .Credentials.Select(credential => credential.Id.Value)
            .FirstOrDefault(GuestServer.Keys(route).Contains);
        if (own is not null)
        {
            log.Decide("authorized keys", "the user's", $"the credential '{own}' was given");
        }

        return own is not null;
    }

    private string? FindClient()
    {
        var named = host.GetEnvironmentVariable("SYSTEMD_SSH");
        return string.IsNullOrEmpty(named) ? host.FindExecutable("ssh")
            : named.StartsWith('/') ? named
            : host.FindExecutable(named);
    }

    private ResolvedSshKey WithKey(ResolvedSshKey key)
    {
        return configuration.SshKey is not { } given
            ? key
            : key with
            {
                Path = given.Value,
                PublicKey = host.ReadSshPublicKey(key.Keygen, given.Value),
                IsTemporary = new SshKeyStore(host.RuntimeRoot).Holds(given.Value),
            };
    }

    private void CheckGiven()
    {
        if (configuration.SshKey is not { } given)
        {
            return;
        }

        if (given.Value.Any(char.IsControl))
        {
            throw ValueError.Create("ssh-key", given.Value, "it contains a control character", "Rename the file.");
        }

        if (host.Files.GetKind(given.Value) is not FileKind.Regular)
        {
            throw new VmSpawnException(
                "SshKeyNotFound",
                VmErrorKind.NotFound,
                $"There is no SSH key at '{given}'.",
                given.Value,
                "Check the path, or make a key there with New-VmSshKey -Path."
            );
        }
    }
}
