using System.Management.Automation;
using VmSpawn.Engine.Configuration;

namespace VmSpawn;

/// <summary>
/// A credential for a guest's systemd, as <c>-Credential</c> of <c>Start-VmSpawn</c> takes it. It does not change, and
/// nothing shows its value: a copy that went through a file or another session has none.
/// </summary>
public sealed class Credential
{
    internal Credential(CredentialSpec source, string origin)
    {
        Source = source;
        Origin = origin;
    }

    /// <summary>Its name.</summary>
    public string Id => Source.Id.Value;

    /// <summary>Number of its bytes.</summary>
    public int Size => Source.Content?.Length ?? 0;

    /// <summary>The parameter or the path that its value came from.</summary>
    public string Origin { get; }

    /// <summary>What the guest is given; not shown, since it holds the value.</summary>
    [Hidden]
    internal CredentialSpec Source { get; }

    /// <summary>Its name.</summary>
    public override string ToString() => Id;
}
