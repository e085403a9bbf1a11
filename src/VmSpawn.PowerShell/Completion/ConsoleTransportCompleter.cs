namespace VmSpawn.Completion;

/// <summary>Completes the device behind the console.</summary>
public sealed class ConsoleTransportCompleter : WordCompleter
{
    private protected override IEnumerable<(string Text, string ToolTip)> Candidates() =>
        [
            ("Serial", "A serial port: firmware and boot loader speak there, too; the default"),
            ("Virtio", "/dev/hvc0: faster, from the kernel's driver on"),
        ];
}
