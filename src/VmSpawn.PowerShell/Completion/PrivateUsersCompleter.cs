namespace VmSpawn.Completion;

/// <summary>Completes the ids of private users.</summary>
public sealed class PrivateUsersCompleter : WordCompleter
{
    private protected override IEnumerable<(string Text, string ToolTip)> Candidates() =>
        [
            ("auto", "Your subordinate ids, as /etc/subuid and /etc/subgid name them"),
            ("524288:65536", "The first range that systemd sets aside for containers"),
        ];
}
