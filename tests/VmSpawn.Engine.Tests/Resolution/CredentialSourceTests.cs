using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Host;
using VmSpawn.Engine.Resolution;
using Xunit;

namespace VmSpawn.Engine.Tests.Resolution;

/// <summary>Real files, FIFOs and sockets: exact to the byte, and bounded in size and time.</summary>
public sealed class CredentialSourceTests : IDisposable
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(20);
    private readonly TemporaryDirectory _directory = new();

    private static CancellationToken Limit => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void A_file_arrives_as_it_is()
    {
        var content = Bytes(1 << 20);
        File.WriteAllBytes(At("file"), content);

        Assert.Equal(content, Read("file"));
        Assert.Equal("CredentialTooLarge", ErrorOf(() => Read("file", [.. content, 0])).ErrorId);
    }

    [Fact]
    public void An_empty_file_is_an_empty_credential()
    {
        File.WriteAllBytes(At("file"), []);

        Assert.Empty(Read("file"));
    }

    [Fact]
    public async Task A_fifo_is_read_until_its_writer_closes_it()
    {
        MakeFifo("fifo");
        var content = Bytes(200_000);
        var writer = Task.Run(
            async () =>
            {
                await Task.Delay(100, Limit);
                await using var stream = new FileStream(At("fifo"), FileMode.Open, FileAccess.Write);
                await stream.WriteAsync(content.AsMemory(0, 70_000), Limit);
                await Task.Delay(100, Limit);
                await stream.WriteAsync(content.AsMemory(70_000), Limit);
            },
            Limit
        );

        Assert.Equal(content, Read("fifo"));
        await writer;
    }

    [Fact]
    public void A_fifo_that_nobody_writes_to_is_given_up()
    {
        MakeFifo("fifo");

        var error = ErrorOf(() => Read("fifo", patience: Short));

        Assert.Equal(("CredentialTimeout", VmErrorKind.Timeout), (error.ErrorId, error.Kind));
        Assert.Contains(At("fifo"), error.Message);
    }

    // The case socket-credential of the conformance set.
    [Fact]
    public async Task What_a_socket_sends_is_the_credential()
    {
        var server = ServeAsync("sock", async peer => await peer.SendAsync("from socket"u8.ToArray(), Limit));

        Assert.Equal("from socket", Encoding.UTF8.GetString(Read("sock")));
        await server;
    }

    [Fact]
    public async Task A_server_that_waits_for_the_end_of_a_request_answers()
    {
        var server = ServeAsync(
            "sock",
            async peer =>
            {
                Assert.Equal(0, await peer.ReceiveAsync(new byte[1], Limit));
                await peer.SendAsync("answer"u8.ToArray(), Limit);
            }
        );

        Assert.Equal("answer", Encoding.UTF8.GetString(Read("sock")));
        await server;
    }

    [Fact]
    public async Task A_socket_whose_path_fits_no_address_is_connected_to()
    {
        var deep = Path.Join("deep", new string('d', 120));
        Directory.CreateDirectory(At(deep));
        using (var here = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            here.Bind(new UnixDomainSocketEndPoint(At("s")));
            here.Listen();
            File.Move(At("s"), At(Path.Join(deep, "s")));
            var server = AnswerAsync(here, async peer => await peer.SendAsync("far"u8.ToArray(), Limit));

            Assert.Equal("far", Encoding.UTF8.GetString(Read(Path.Join(deep, "s"))));
            await server;
        }
    }

    [Fact]
    public async Task A_socket_that_never_ends_is_given_up()
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Limit);
        var server = ServeAsync(
            "sock",
            async peer =>
            {
                while (!end.IsCancellationRequested)
                {
                    await peer.SendAsync("drip"u8.ToArray(), Limit);
                    await Task.Delay(20, Limit);
                }
            }
        );

        Assert.Equal("CredentialTimeout", ErrorOf(() => Read("sock", patience: Short)).ErrorId);
        await end.CancelAsync();
        // It may notice first that the reader has gone.
        Assert.True(await Task.WhenAny(server, Task.Delay(5000, Limit)) == server);
        _ = server.Exception;
    }

    [Fact]
    public async Task A_socket_that_floods_is_refused_at_the_limit()
    {
        var server = ServeAsync(
            "sock",
            async peer =>
            {
                try
                {
                    while (true)
                    {
                        await peer.SendAsync(new byte[65536], Limit);
                    }
                }
                catch (SocketException)
                {
                    // The reader has gone, as it should.
                }
            }
        );

        Assert.Equal("CredentialTooLarge", ErrorOf(() => Read("sock")).ErrorId);
        await server;
    }

    [Fact]
    public void A_listener_whose_queue_is_full_is_given_up()
    {
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(At("sock")));
        listener.Listen(0);
        using var first = Connect("sock");

        Assert.Equal("CredentialTimeout", ErrorOf(() => Read("sock", patience: Short)).ErrorId);
    }

    [Fact]
    public void Waiting_can_be_cancelled()
    {
        MakeFifo("fifo");
        using var cancel = new CancellationTokenSource(200);
        var clock = Stopwatch.StartNew();

        Assert.ThrowsAny<OperationCanceledException>(() =>
            CredentialSource.Read(new LinuxHostFiles(), CredentialId.Parse("a"), At("fifo"), Long, cancel.Token)
        );
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(5), $"It took {clock.Elapsed}.");
    }

    [Fact]
    public void What_cannot_be_read_says_why()
    {
        using var datagram = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        datagram.Bind(new UnixDomainSocketEndPoint(At("datagram")));
        using (var stale = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            stale.Bind(new UnixDomainSocketEndPoint(At("stale")));
            File.Move(At("stale"), At("left"));
        }

        Assert.Contains("No such file", ErrorOf(() => Read("absent")).Message);
        Assert.Contains("is a directory", ErrorOf(() => Read(".")).Message, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("wrong type", ErrorOf(() => Read("datagram")).Message);
        Assert.Contains("refused", ErrorOf(() => Read("left")).Message);
        Assert.All(
            (string[])["absent", ".", "datagram", "left"],
            name => Assert.Equal("CredentialNotReadable", ErrorOf(() => Read(name)).ErrorId)
        );
    }

    private static byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        new Random(count).NextBytes(bytes);
        return bytes;
    }

    private static VmSpawnException ErrorOf(Action action) => Assert.ThrowsAny<VmSpawnException>(action);

    private string At(string name) => Path.Join(_directory.Root, name);

    private byte[] Read(string name, byte[]? content = null, TimeSpan? patience = null)
    {
        if (content is not null)
        {
            File.WriteAllBytes(At(name), content);
        }

        return
        [
            .. CredentialSource.Read(new LinuxHostFiles(), CredentialId.Parse("a"), At(name), patience ?? Long, Limit),
        ];
    }

    private void MakeFifo(string name)
    {
        using var maker = Process.Start("mkfifo", At(name));
        maker.WaitForExit();
        Assert.Equal(0, maker.ExitCode);
    }

    private Socket Connect(string name)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Connect(new UnixDomainSocketEndPoint(At(name)));
        return socket;
    }

    private Task ServeAsync(string name, Func<Socket, Task> answer)
    {
        var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(At(name)));
        listener.Listen();
        return Task.Run(
            async () =>
            {
                using (listener)
                {
                    await AnswerAsync(listener, answer);
                }
            },
            Limit
        );
    }

    private static async Task AnswerAsync(Socket listener, Func<Socket, Task> answer)
    {
        using var peer = await listener.AcceptAsync(Limit);
        await answer(peer);
    }
}
