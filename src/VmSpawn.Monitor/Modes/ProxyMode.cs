using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Native;
using VmSpawn.Monitor.Proxying;

namespace VmSpawn.Monitor.Modes;

/// <summary>
/// The <c>ProxyCommand</c> of <c>ssh</c>: connects standard input and output with a port of a guest. Arguments:
/// <c>vsock CID PORT</c> for the kernel's VSOCK, <c>vsock-mux PATH PORT</c> for the UNIX socket of a VSOCK daemon.
/// </summary>
internal static class ProxyMode
{
    private const int NotConnected = 1;
    private const int Misused = 2;

    public static int Run(ReadOnlySpan<string> arguments)
    {
        ProcessImage.Ignore(Signal.Pipe);
        if (ProxyTarget.TryParse(arguments) is not { } target)
        {
            StandardError.Write(
                "Usage: vmspawn-monitor proxy vsock CID PORT, or vmspawn-monitor proxy vsock-mux PATH PORT"
            );
            return Misused;
        }

        try
        {
            using var guest = target.Connect();
            using var input = FileDescriptor.Inherited(0);
            using var output = FileDescriptor.Inherited(1);
            new Relay(input, output, guest).Run();
            return 0;
        }
        catch (VmSpawnException e)
        {
            StandardError.Write($"vmspawn-monitor: {e.Message}");
            return NotConnected;
        }
    }
}
