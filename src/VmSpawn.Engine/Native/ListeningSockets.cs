using System.Text;

namespace VmSpawn.Engine.Native;

/// <summary>UNIX sockets that somebody listens on, as <c>/proc/net/unix</c> lists them (unix(7)).</summary>
internal static class ListeningSockets
{
    private const int AcceptsConnections = 0x10000; // __SO_ACCEPTCON

    /// <summary>
    /// True if a connection to this path would be taken. To try it would use up the only connection that some helpers
    /// ever take; and the path alone exists a moment before somebody listens.
    /// </summary>
    public static bool Contains(string path)
    {
        if (FileStatus.TryGet(path) is not { IsSocket: true })
        {
            return false;
        }

        var table = Encoding.UTF8.GetString(NativeFile.TryRead("/proc/net/unix") ?? []);
        foreach (var line in table.AsSpan().EnumerateLines())
        {
            if (line.EndsWith($" {path}", StringComparison.Ordinal))
            {
                // Num RefCount Protocol Flags Type St Inode Path
                var flags = line.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries)[3];
                return (int.Parse(flags, System.Globalization.NumberStyles.HexNumber) & AcceptsConnections) != 0;
            }
        }

        // Bound under another spelling of its name, or the table is not to be had: the socket itself must do.
        return true;
    }
}
