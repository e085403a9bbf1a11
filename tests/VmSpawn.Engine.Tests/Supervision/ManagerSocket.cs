using System.Net.Sockets;
using System.Text;

namespace VmSpawn.Engine.Tests.Supervision;

/// <summary>A service manager that only listens (sd_notify(3)).</summary>
internal sealed class ManagerSocket : IDisposable
{
    private readonly Socket socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);

    /// <param name="scene">Where its socket is.</param>
    /// <param name="abstractName">Its name without a file, or <see langword="null"/> for a file.</param>
    public ManagerSocket(Scene scene, string? abstractName = null)
    {
        Address = abstractName is null ? Path.Join(scene.Files.Root, "manager") : $"@{abstractName}";
        socket.Bind(new UnixDomainSocketEndPoint(abstractName is null ? Address : $"\0{abstractName}"));
        socket.Blocking = false;
    }

    public string Address { get; }

    /// <summary>All that has been sent to it so far.</summary>
    public List<string> Received()
    {
        var messages = new List<string>();
        var buffer = new byte[8192];
        while (socket.Poll(TimeSpan.FromMilliseconds(200), SelectMode.SelectRead))
        {
            messages.Add(Encoding.UTF8.GetString(buffer, 0, socket.Receive(buffer)));
        }

        return messages;
    }

    public void Dispose() => socket.Dispose();
}
