using VmSpawn.Engine.Configuration;

namespace VmSpawn.Completion;

/// <summary>Completes the name of a credential with those that systemd acts on by itself.</summary>
public sealed class CredentialIdCompleter : WordCompleter
{
    private protected override IEnumerable<(string Text, string ToolTip)> Candidates() =>
        WellKnownCredential.Names.Select(name => (name.Key, name.Value));
}
