using System.Collections.Immutable;
using System.Text;
using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Host;

namespace VmSpawn.Engine.Resolution;

/// <summary>The credentials for the guest: the user's, then those that go with what was resolved (the spec, section 6).</summary>
internal sealed class CredentialResolver(IHost host)
{
    /// <summary>The public keys that the guest accepts for every user.</summary>
    public const string AuthorizedKeys = "ssh.ephemeral-authorized_keys-all";

    private const string ForwardJournal = "journal.forward_to_socket";
    private const string SshDropIn = "systemd.unit-dropin.sshd-vsock@.service";
    private const string NotifySocket = "vmm.notify_socket";

    // Lets the guest's sshd for VSOCK accept the keys; a failure of sshd is not the unit's.
    private const string SshDropInText =
        "[Service]\n"
        + "ExecStart=\n"
        + "ExecStart=-sshd -i -o 'AuthorizedKeysFile=%d/ssh.ephemeral-authorized_keys-all .ssh/authorized_keys'\n"
        + "ImportCredential=ssh.ephemeral-authorized_keys-all\n";

    // systemd takes 1 MiB of credentials in all (systemd.exec(5)).
    private const int LargestContent = 1 << 20;

    private readonly List<ResolvedCredential> credentials = [];

    /// <summary>All whose bytes are known before the start; that of a fresh SSH key is not.</summary>
    /// <exception cref="VmSpawnException">One cannot be read, or an identifier is given twice.</exception>
    public ImmutableArray<ResolvedCredential> Resolve(
        VmConfiguration configuration,
        ImmutableArray<ResolvedUser> users,
        ResolvedVsock? vsock,
        ResolvedJournal? journal,
        ResolvedSshKey? key
    )
    {
        foreach (var credential in configuration.Credentials)
        {
            Add(credential.Id.Value, credential.Content ?? Load(credential));
        }

        foreach (var user in users)
        {
            foreach (var record in UserRecord.Credentials(user, configuration.BindUserGroups))
            {
                Add(record.Id, record.Content);
            }
        }

        if (journal is not null)
        {
            Add(ForwardJournal, $"vsock:2:{journal.Port}");
        }

        if (key is not null)
        {
            Add(SshDropIn, SshDropInText);
        }

        if (vsock is not null)
        {
            Add(NotifySocket, $"vsock-stream:2:{vsock.NotifyPort}");
        }

        return [.. credentials];
    }

    private void Add(string id, string text) => Add(id, [.. Encoding.UTF8.GetBytes(text)], isAutomatic: true);

    private void Add(string id, ImmutableArray<byte> content, bool isAutomatic = false)
    {
        if (credentials.Exists(credential => credential.Id == id))
        {
            throw new VmSpawnException(
                "DuplicateCredential",
                VmErrorKind.ConflictingArguments,
                $"The credential '{id}' is given twice.",
                id,
                "Leave one of them out; some options bring credentials of their own."
            );
        }

        credentials.Add(new ResolvedCredential(id, content, isAutomatic));
    }

    private ImmutableArray<byte> Load(CredentialSpec credential)
    {
        var path = PathOf(credential);
        try
        {
            using var stream = host.Files.OpenRead(path);
            var content = new byte[LargestContent + 1];
            var length = stream.ReadAtLeast(content, content.Length, throwOnEndOfStream: false);
            return length <= LargestContent
                ? [.. content.AsSpan(0, length)]
                : throw new VmSpawnException(
                    "CredentialTooLarge",
                    VmErrorKind.InvalidData,
                    $"The credential '{credential.Id}' is larger than {LargestContent} bytes, which is all that a guest takes.",
                    credential.Id.Value,
                    "Hand the data over in a directory (-Bind) or on a drive (-ExtraDrive)."
                );
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new VmSpawnException(
                "CredentialNotReadable",
                e is UnauthorizedAccessException ? VmErrorKind.PermissionDenied : VmErrorKind.NotFound,
                $"The credential '{credential.Id}' cannot be read from '{path}': {e.Message}",
                credential.Id.Value,
                "Check the path and its permissions.",
                e
            );
        }
    }

    // A source without a slash is a credential of this process (systemd.exec(5), CREDENTIALS_DIRECTORY).
    private string PathOf(CredentialSpec credential)
    {
        var source = credential.Source!;
        if (source.StartsWith('/'))
        {
            return source;
        }

        var directory = host.GetEnvironmentVariable("CREDENTIALS_DIRECTORY");
        return directory?.StartsWith('/') == true && !directory.Split('/').Any(part => part is "." or "..")
            ? $"{directory.TrimEnd('/')}/{source}"
            : throw new VmSpawnException(
                "CredentialNotAvailable",
                VmErrorKind.NotFound,
                $"The credential '{credential.Id}' is not available: no credentials were passed to this process.",
                credential.Id.Value,
                "Name a file by an absolute path, or by a relative one with a slash in it."
            );
    }
}
