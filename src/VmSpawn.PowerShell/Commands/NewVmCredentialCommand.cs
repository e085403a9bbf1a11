using System.Management.Automation;
using VmSpawn.Completion;
using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Host;
using VmSpawn.Engine.Resolution;
using VmSpawn.Parameters;

namespace VmSpawn.Commands;

/// <summary>Makes a credential for a guest's systemd; its value is shown nowhere.</summary>
[Cmdlet(VerbsCommon.New, "VmCredential", DefaultParameterSetName = nameof(Value))]
[OutputType(typeof(Credential))]
public sealed class NewVmCredentialCommand : VmSpawnCommand
{
    /// <summary>Name of the credential; of a file its own name if not given.</summary>
    [Parameter(
        ParameterSetName = nameof(Value),
        Mandatory = true,
        Position = 0,
        ValueFromPipelineByPropertyName = true
    )]
    [Parameter(ParameterSetName = nameof(Bytes), Mandatory = true, Position = 0)]
    [Parameter(ParameterSetName = nameof(SecureValue), Mandatory = true, Position = 0)]
    [Parameter(ParameterSetName = nameof(Path), Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(CredentialIdCompleter))]
    public string? Id { get; set; }

    /// <summary>Its value as text: the bytes of its UTF-8 form, nothing added.</summary>
    [Parameter(
        ParameterSetName = nameof(Value),
        Mandatory = true,
        Position = 1,
        ValueFromPipelineByPropertyName = true
    )]
    [AllowEmptyString]
    public string Value { get; set; } = "";

    /// <summary>Decodes C escapes in the value.</summary>
    [Parameter(ParameterSetName = nameof(Value))]
    public SwitchParameter Escaped { get; set; }

    /// <summary>Its value as bytes. No byte array by type, since an error of conversion would show the value.</summary>
    [Parameter(ParameterSetName = nameof(Bytes), Mandatory = true)]
    [AllowEmptyCollection]
    public object? Bytes { get; set; }

    /// <summary>File, FIFO or UNIX stream socket that its value is read from, now and once. A literal path.</summary>
    [Parameter(ParameterSetName = nameof(Path), Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("FullName", "PSPath")]
    public string Path { get; set; } = "";

    /// <summary>Its value as a secure string.</summary>
    [Parameter(ParameterSetName = nameof(SecureValue), Mandatory = true)]
    public object? SecureValue { get; set; }

    /// <summary>Password of the guest's root, as a secure string or PowerShell credential; the guest gets its hash.</summary>
    [Parameter(ParameterSetName = nameof(RootPassword), Mandatory = true)]
    public object? RootPassword { get; set; }

    /// <summary>Public keys that may log in as root, as lines of an <c>authorized_keys</c> file.</summary>
    [Parameter(ParameterSetName = nameof(SshAuthorizedKey), Mandatory = true)]
    public string[] SshAuthorizedKey { get; set; } = [];

    /// <summary>Host name of the guest.</summary>
    [Parameter(ParameterSetName = nameof(Hostname), Mandatory = true)]
    public string? Hostname { get; set; }

    /// <summary>Time zone of the guest.</summary>
    [Parameter(ParameterSetName = nameof(Timezone), Mandatory = true)]
    [ArgumentCompleter(typeof(TimezoneCompleter))]
    public string? Timezone { get; set; }

    /// <summary>Locale of the guest.</summary>
    [Parameter(ParameterSetName = nameof(Locale), Mandatory = true)]
    [ArgumentCompleter(typeof(LocaleCompleter))]
    public string? Locale { get; set; }

    /// <summary>A <c>.network</c>, <c>.netdev</c> or <c>.link</c> file for the guest. A literal path.</summary>
    [Parameter(ParameterSetName = nameof(NetworkFile), Mandatory = true)]
    public string? NetworkFile { get; set; }

    /// <summary>A unit file for the guest. A literal path.</summary>
    [Parameter(ParameterSetName = nameof(ExtraUnit), Mandatory = true)]
    public string? ExtraUnit { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        switch (ParameterSetName)
        {
            case nameof(Path):
                ReadFile(ToPath(Path, "path"), file => ToId(Id ?? file.FileName));
                break;
            case nameof(NetworkFile):
                ReadFile(ToPath(NetworkFile, "network file"), WellKnownCredential.NetworkFile);
                break;
            case nameof(ExtraUnit):
                ReadFile(ToPath(ExtraUnit, "extra unit"), WellKnownCredential.ExtraUnit);
                break;
            default:
                Write(Bridge.Read(Make), ParameterSetName);
                break;
        }
    }

    private static CredentialId ToId(string? text) => CredentialId.Parse(text, "id");

    private CredentialSpec Make() =>
        CredentialSource.Check(
            ParameterSetName switch
            {
                nameof(Bytes) => CredentialSpec.FromBytes(ToId(Id), SecretArgument.Bytes(Bytes, "bytes")),
                nameof(SecureValue) => FromSecret(ToId(Id)),
                nameof(RootPassword) => HashPassword(),
                nameof(SshAuthorizedKey) => WellKnownCredential.AuthorizedKeys(SshAuthorizedKey),
                nameof(Hostname) => WellKnownCredential.HostName(Hostname),
                nameof(Timezone) => WellKnownCredential.TimeZone(Timezone),
                nameof(Locale) => WellKnownCredential.Locale(Locale),
                _ when Escaped => CredentialSpec.FromEscapedText(ToId(Id), Value, "value"),
                _ => CredentialSpec.FromText(ToId(Id), Value, "value"),
            }
        );

    private CredentialSpec FromSecret(CredentialId id) =>
        SecretArgument.Reveal(
            SecretArgument.Secure(SecureValue, "secure value"),
            text => CredentialSpec.FromText(id, text, "secure value")
        );

    private CredentialSpec HashPassword() =>
        CredentialSpec.FromText(
            CredentialId.Parse(WellKnownCredential.RootPassword),
            SecretArgument.Reveal(SecretArgument.RootPassword(RootPassword), text => PasswordHash.Create(text)),
            "root password"
        );

    private HostPath ToPath(string? path, string option) =>
        Bridge.Read(() => PathArgument.Resolve(this, path ?? "", option));

    private void ReadFile(HostPath file, Func<HostPath, CredentialId> name)
    {
        var id = Bridge.Read(() => name(file));
        if (
            Bridge.TryRun(
                context => Task.FromResult(Engine.ReadCredential(id, file.Value, context.CancellationToken)),
                out var credential
            )
        )
        {
            Write(credential, file.Value);
        }
    }

    private void Write(CredentialSpec credential, string origin) => WriteObject(new Credential(credential, origin));
}
