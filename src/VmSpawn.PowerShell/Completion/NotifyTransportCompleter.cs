namespace VmSpawn.Completion;

/// <summary>Completes the way of the guest's notifications.</summary>
public sealed class NotifyTransportCompleter : WordCompleter
{
    private protected override IEnumerable<(string Text, string ToolTip)> Candidates() =>
        [
            ("auto", "VSOCK where the VM has it, else a virtio-serial port; -Verbose says which"),
            ("vsock", "VSOCK: any guest with systemd 254 or later"),
            ("virtio-serial", "A virtio-serial port: systemd 256 or later, or a program that writes to it"),
            ("none", "The guest cannot tell anything"),
        ];
}
