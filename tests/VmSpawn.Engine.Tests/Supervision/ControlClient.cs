using System.Net.Sockets;

namespace VmSpawn.Engine.Tests.Supervision;

/// <summary>Speaks to a control socket in plain lines.</summary>
internal sealed class ControlClient : IDisposable
{
    private readonly Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly StreamReader reader;

    public ControlClient(Scene scene, string name, string socketName = "control.sock")
    {
        socket.Connect(new UnixDomainSocketEndPoint(Path.Join(scene.Root, name, socketName)));
        reader = new StreamReader(new NetworkStream(socket));
    }

    /// <summary>One request, one answer.</summary>
    public static async Task<string?> SendAsync(Scene scene, string name, string line)
    {
        using var client = new ControlClient(scene, name);
        await client.WriteAsync(line + "\n", scene);
        return await client.ReadAsync(scene);
    }

    public async Task WriteAsync(string text, Scene scene) =>
        await socket.SendAsync(System.Text.Encoding.UTF8.GetBytes(text), scene.Limit);

    /// <summary>The next line, or <see langword="null"/> at the end.</summary>
    public async Task<string?> ReadAsync(Scene scene)
    {
        try
        {
            return await reader.ReadLineAsync(scene.Limit);
        }
        catch (IOException)
        {
            return null;
        }
    }

    public void Dispose()
    {
        reader.Dispose();
        socket.Dispose();
    }
}
