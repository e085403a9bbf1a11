using VmSpawn.Engine.Configuration;

namespace VmSpawn.Completion;

/// <summary>Completes the name in <c>ID:VALUE</c> or <c>ID:PATH</c> with those that systemd acts on by itself.</summary>
public sealed class CredentialPrefixCompleter : WordCompleter
{
    private protected override IEnumerable<(string Text, string ToolTip)> Candidates() =>
        // A name that takes another part has no colon yet.
        WellKnownCredential.Names.Select(name => (name.Key.EndsWith('.') ? name.Key : $"{name.Key}:", name.Value));
}
