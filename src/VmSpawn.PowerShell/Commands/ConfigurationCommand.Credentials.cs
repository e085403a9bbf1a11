using System.Management.Automation;
using VmSpawn.Completion;
using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Errors;
using VmSpawn.Parameters;

namespace VmSpawn.Commands;

// What the guest's systemd is given (systemd.system-credentials(7)).
public abstract partial class ConfigurationCommand
{
    private readonly List<Credential> _pipedCredentials = [];
    private bool _hasOtherInput;

    /// <summary>Credentials for the guest's systemd, from <c>New-VmCredential</c>; no PowerShell credentials.</summary>
    [Parameter(ParameterSetName = ConfigurationSet, ValueFromPipelineByPropertyName = true)]
    [Alias("SystemCredential")]
    public object?[]? Credential { get; set; }

    /// <summary>Credentials <c>ID:VALUE</c>, the value with C escapes (<c>--set-credential=</c>).</summary>
    [Parameter(ParameterSetName = ConfigurationSet, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(CredentialPrefixCompleter))]
    public string[] SetCredential { get; set; } = [];

    /// <summary>Credentials <c>ID:PATH</c>, read from a file, FIFO or socket (<c>--load-credential=</c>).</summary>
    [Parameter(ParameterSetName = ConfigurationSet, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(CredentialPrefixCompleter))]
    public string[] LoadCredential { get; set; } = [];

    /// <summary>Not to be used: takes credentials from the pipeline, all of them for one VM.</summary>
    [Parameter(ParameterSetName = ConfigurationSet, ValueFromPipeline = true, DontShow = true)]
    public Credential? PipedCredential { get; set; }

    private IEnumerable<CredentialSpec> Credentials =>
        [
            .. (Credential ?? []).Where(IsGivenObject).Select(CredentialArgument.Parse),
            .. _pipedCredentials.Select(credential => credential.Source),
            .. Given(SetCredential).Select(CredentialSpec.ParseSet),
            .. Given(LoadCredential).Select(text => CredentialSpec.ParseLoad(text, CurrentDirectory)),
        ];

    /// <inheritdoc/>
    protected sealed override void ProcessRecord()
    {
        if (!CollectsCredential())
        {
            ProcessDescription();
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (_pipedCredentials.Count > 0)
        {
            ProcessDescription();
        }
    }

    /// <summary>Does what the cmdlet is for with one VM.</summary>
    private protected abstract void ProcessDescription();

    // Credentials in the pipeline describe one VM together; anything else there describes a VM each.
    private bool CollectsCredential()
    {
        if (PipedCredential is null)
        {
            _hasOtherInput = true;
        }
        else
        {
            _pipedCredentials.Add(PipedCredential);
        }

        if (_hasOtherInput && _pipedCredentials.Count > 0)
        {
            Bridge.Report(
                new VmSpawnException(
                    "CredentialsAmongOtherInput",
                    VmErrorKind.ConflictingArguments,
                    "Credentials in the pipeline are for one VM, but there is other input that describes VMs of its own.",
                    _pipedCredentials[0].Id,
                    "Give the credentials with -Credential."
                ),
                endsCmdlet: true
            );
        }

        return PipedCredential is not null;
    }
}
