namespace VmSpawn.Completion;

/// <summary>Completes the type of an SSH key.</summary>
public sealed class SshKeyTypeCompleter : WordCompleter
{
    private protected override IEnumerable<(string Text, string ToolTip)> Candidates() =>
        [
            ("ed25519", "Small and fast; the default"),
            ("ecdsa", "For guests that know ed25519 not"),
            ("rsa", "For very old guests; takes a moment to make"),
        ];
}
