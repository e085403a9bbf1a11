namespace VmSpawn.Completion;

/// <summary>Completes a forward of a port by usual examples.</summary>
public sealed class PortForwardCompleter : WordCompleter
{
    private protected override IEnumerable<(string Text, string ToolTip)> Candidates() =>
        [
            ("2222:22", "SSH of the guest at port 2222 of this host"),
            ("8080:80", "HTTP of the guest at port 8080 of this host"),
            ("0.0.0.0:8080:80", "HTTP of the guest, to be reached from other hosts"),
            ("udp:5353:53", "DNS of the guest at UDP port 5353 of this host"),
        ];
}
