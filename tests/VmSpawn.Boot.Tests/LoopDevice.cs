namespace VmSpawn.Boot.Tests;

/// <summary>A file as a block device of this host, until it is disposed of.</summary>
internal sealed class LoopDevice : IAsyncDisposable
{
    private bool _attached = true;

    private LoopDevice(string path) => Path = path;

    /// <summary>The device.</summary>
    public string Path { get; }

    /// <summary>Attaches a file; skips the test, with the reason, where that is not possible.</summary>
    public static async Task<LoopDevice> AttachAsync(string file)
    {
        Prerequisite.RequireOfHost(
            Environment.IsPrivilegedProcess,
            "Only root attaches a file to a loop device: the boot from a block device is tested as root."
        );
        Prerequisite.RequireProgram("losetup", "mount");
        var (code, output, complaint) = await HostProgram.TryRunAsync("losetup", "--find", "--show", file);
        Prerequisite.RequireOfHost(code == 0, $"This host has no loop device to give: {complaint.Trim()}");
        return new LoopDevice(output.Trim());
    }

    public async ValueTask DisposeAsync()
    {
        if (_attached)
        {
            _attached = false;
            await HostProgram.RunAsync("losetup", "--detach", Path);
        }
    }
}
