using System.Collections.Immutable;
using System.Text;
using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Host;
using VmSpawn.Engine.Ssh;

namespace VmSpawn.Engine.Resolution;

/// <summary>The credentials for the guest: the user's, then those that go with what was resolved (the spec, section 6).</summary>
internal sealed class CredentialResolver(IHost host)
{
    private const string ForwardJournal = "journal.forward_to_socket";
    private const string NotifySocket = "vmm.notify_socket";

    private readonly List<ResolvedCredential> credentials = [];

    /// <summary>All whose bytes are known before the start; that of a fresh SSH key is not.</summary>
    /// <exception cref="VmSpawnException">One cannot be read, an identifier is given twice, or they are too large together.</exception>
    public ImmutableArray<ResolvedCredential> Resolve(
        VmConfiguration configuration,
        ImmutableArray<ResolvedUser> users,
        ResolvedVsock? vsock,
        ResolvedJournal? journal,
        ResolvedSshKey? key
    )
    {
        foreach (var credential in new CredentialReader(host).Read(configuration).Credentials)
        {
            Add(credential.Id.Value, credential.Content!.Value);
        }

        foreach (var user in users)
        {
            foreach (var record in UserRecord.Credentials(user, configuration.BindUserGroups))
            {
                Add(record.Id, record.Content);
            }
        }

        RefuseExcess();
        if (journal is not null)
        {
            Add(ForwardJournal, journal.GuestAddress);
        }

        foreach (var (id, text) in key is null ? [] : GuestServer.Units(key.Route))
        {
            Add(id, text);
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

    private void RefuseExcess()
    {
        var length = credentials.Sum(credential => (long)credential.Content.Length);
        if (length > CredentialSource.LargestContent)
        {
            throw new VmSpawnException(
                "CredentialsTooLarge",
                VmErrorKind.InvalidArgument,
                $"The credentials have {length} bytes together; a guest takes {CredentialSource.LargestContent} and drops what is more.",
                length,
                "Hand the larger ones over in a directory (-Bind) or on a drive (-ExtraDrive)."
            );
        }
    }
}
