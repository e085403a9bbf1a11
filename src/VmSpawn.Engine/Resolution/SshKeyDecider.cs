using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Host;

namespace VmSpawn.Engine.Resolution;

/// <summary>Whether a fresh SSH key is made for the VM (the spec, section 8.5).</summary>
internal static class SshKeyDecider
{
    private const string Subject = "ssh key";

    /// <summary>Decides; <see langword="null"/> for none.</summary>
    /// <exception cref="HostRequirementException">It was demanded and cannot be made (<c>SshKeygenNotFound</c>).</exception>
    public static ResolvedSshKey? Decide(
        VmConfiguration configuration,
        ResolvedVsock? vsock,
        IHost host,
        DecisionLog log
    )
    {
        if (configuration.PassSshKey is Tristate.No)
        {
            return null;
        }

        var keygen = host.FindExecutable("ssh-keygen");
        if (configuration.PassSshKey is Tristate.Auto && (vsock is null || keygen is null))
        {
            var reason = vsock is null ? "without VSOCK nobody could use it" : "there is no ssh-keygen in PATH";
            log.Decide(Subject, "off", reason);
            return null;
        }

        if (keygen is null)
        {
            throw new HostRequirementException(
                "SshKeygenNotFound",
                "ssh-keygen",
                "An SSH key was asked for, but there is no ssh-keygen in PATH.",
                "Install it: apt install openssh-client, dnf install openssh, or pacman -S openssh; or say -PassSshKey no."
            );
        }

        var own = configuration.Credentials.Any(credential => credential.Id.Value == CredentialResolver.AuthorizedKeys);
        if (own)
        {
            log.Decide(
                "authorized keys",
                "the user's",
                $"the credential '{CredentialResolver.AuthorizedKeys}' was given"
            );
        }

        return new ResolvedSshKey(keygen, configuration.SshKeyType, IsPassed: !own);
    }
}
