using System.Management.Automation;
using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Errors;

namespace VmSpawn.Parameters;

/// <summary>Reads the values of <c>-Credential</c>. What is no credential is not shown, it may hold a secret.</summary>
internal static class CredentialArgument
{
    private const string Deserialized = "Deserialized.VmSpawn.Credential";

    /// <summary>The credential that an object of <c>New-VmCredential</c> is.</summary>
    /// <exception cref="VmSpawnException">
    /// It is PowerShell's own kind (<c>PowerShellCredential</c>), a copy without its value (<c>CredentialWithoutValue</c>),
    /// or something else (<c>InvalidCredential</c>).
    /// </exception>
    public static CredentialSpec Parse(object? value)
    {
        var wrapped = value as PSObject;
        return (wrapped is null ? value : wrapped.BaseObject) switch
        {
            Credential credential => credential.Source,
            PSCredential credential => throw new VmSpawnException(
                "PowerShellCredential",
                VmErrorKind.InvalidArgument,
                $"'{credential.UserName}' is a PowerShell credential; -Credential takes credentials for the guest's systemd.",
                credential.UserName,
                "To set the password of the guest's root: -Credential (New-VmCredential -RootPassword $credential). A start needs no other login."
            ),
            _ when wrapped?.TypeNames.Contains(Deserialized) == true => throw new VmSpawnException(
                "CredentialWithoutValue",
                VmErrorKind.InvalidArgument,
                $"The credential '{wrapped.Properties["Id"]?.Value}' has no value: it came through a file or from another session, and values are never written there.",
                wrapped.Properties["Id"]?.Value,
                "Make it with New-VmCredential in this session."
            ),
            var other => throw new InvalidValueException(
                "credential",
                other?.GetType().ToString(),
                "it is no credential of New-VmCredential",
                "Use New-VmCredential, or -SetCredential ID:VALUE or -LoadCredential ID:PATH."
            ),
        };
    }
}
