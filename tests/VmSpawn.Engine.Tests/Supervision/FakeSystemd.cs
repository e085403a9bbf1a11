using System.Net.Sockets;
using System.Text;
using VmSpawn.Engine.Planning;
using VmSpawn.Engine.Systemd;

namespace VmSpawn.Engine.Tests.Supervision;

/// <summary>
/// A <c>busctl</c> that writes down what it is called with, and a machined that answers as recorded. Neither moves a
/// process anywhere, so that a plan has no scope here.
/// </summary>
internal sealed class FakeSystemd : IAsyncDisposable
{
    private readonly string calls;
    private readonly string answers;
    private readonly Socket? listener;
    private readonly List<string> messages = [];
    private readonly Task serving;

    /// <summary>Sets it up.</summary>
    /// <param name="directory">Where its files are; a new directory.</param>
    /// <param name="replies">What machined answers, call by call, or <see langword="null"/> if it has no socket.</param>
    public FakeSystemd(string directory, params string[]? replies)
    {
        Directory.CreateDirectory(directory);
        calls = Path.Join(directory, "calls");
        answers = Path.Join(directory, "answers");
        Busctl = Path.Join(directory, "busctl");
        Socket = Path.Join(directory, "machined");
        File.WriteAllText(
            Busctl,
            $"""
            #!/bin/sh
            printf '%s\n' "$*" >>'{calls}'
            [ ! -e '{answers}' ] || . '{answers}'
            """
        );
        File.SetUnixFileMode(Busctl, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        if (replies is not null)
        {
            listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            listener.Bind(new UnixDomainSocketEndPoint(Socket));
            listener.Listen();
        }

        serving = listener is null ? Task.CompletedTask : ServeAsync(listener, replies!);
    }

    public string Busctl { get; }

    public string Socket { get; }

    /// <summary>The calls of <c>busctl</c> so far, from the method on.</summary>
    public IEnumerable<string> Calls =>
        File.Exists(calls)
            ? File.ReadAllLines(calls).Select(line => line[(line.IndexOf(" call ", StringComparison.Ordinal) + 6)..])
            : [];

    /// <summary>The messages that machined got.</summary>
    public IReadOnlyList<string> Messages => messages;

    /// <summary>A shell script of what <c>busctl</c> does beside writing down.</summary>
    public void Answer(string script) => File.WriteAllText(answers, script);

    public PlannedRegistration Plan(bool isRequired = true) =>
        new()
        {
            Manager = ServiceManager.System,
            Busctl = Busctl,
            Machine = new PlannedMachine
            {
                Name = "vm",
                Service = "vmspawn",
                Socket = Socket,
                IsRequired = isRequired,
            },
        };

    public async ValueTask DisposeAsync()
    {
        listener?.Dispose();
        await serving;
    }

    private async Task ServeAsync(Socket socket, string[] replies)
    {
        foreach (var reply in replies)
        {
            try
            {
                using var connection = await socket.AcceptAsync();
                var buffer = new byte[4096];
                var count = await connection.ReceiveAsync(buffer);
                messages.Add(Encoding.UTF8.GetString(buffer, 0, count));
                // Replies come in pieces, too.
                foreach (var piece in reply.Chunk(7))
                {
                    await connection.SendAsync(Encoding.UTF8.GetBytes(piece));
                }

                if (!reply.EndsWith('\0'))
                {
                    // It stays silent, with the connection open.
                    await connection.ReceiveAsync(buffer);
                }
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }
}
