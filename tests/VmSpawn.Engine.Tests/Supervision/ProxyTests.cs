using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using Xunit;

namespace VmSpawn.Engine.Tests.Supervision;

/// <summary>The supervisor's program as the <c>ProxyCommand</c> of <c>ssh</c>, against a daemon of plain UNIX sockets.</summary>
public sealed class ProxyTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private readonly string _path = Path.Join("/tmp", $"vp-{Path.GetRandomFileName()[..8]}");
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);

    public ProxyTests()
    {
        _listener.Bind(new UnixDomainSocketEndPoint(_path));
        _listener.Listen();
    }

    public void Dispose()
    {
        _listener.Dispose();
        File.Delete(_path);
    }

    [Fact]
    public async Task Bytes_pass_both_ways_and_the_answer_of_the_daemon_is_not_among_them()
    {
        using var proxy = Start("vsock-mux", _path, "22");
        using var guest = await AcceptAsync("OK 1024\nSSH-2.0-guest\r\n");

        Assert.Equal("SSH-2.0-guest", await proxy.StandardOutput.ReadLineAsync(Token));
        await WriteAsync(proxy, "SSH-2.0-host\r\n");

        Assert.Equal("SSH-2.0-host\r\n", await ReceiveAsync(guest, 14));
        guest.Close();
        Assert.Equal("", await proxy.StandardOutput.ReadToEndAsync(Token));
        Assert.Equal(0, await ExitAsync(proxy));
    }

    [Fact]
    public async Task Either_side_may_end_first_and_still_hear_the_other()
    {
        using var proxy = Start("vsock-mux", _path, "22");
        using var guest = await AcceptAsync("OK 1\n");
        await WriteAsync(proxy, "question");
        proxy.StandardInput.Close();

        Assert.Equal("question", await ReceiveAsync(guest, 8));
        Assert.Equal(0, await guest.ReceiveAsync(new byte[1], Token));
        guest.Send("answer"u8);
        guest.Shutdown(SocketShutdown.Both);

        Assert.Equal("answer", await proxy.StandardOutput.ReadToEndAsync(Token));
        Assert.Equal(0, await ExitAsync(proxy));
    }

    [Fact]
    public async Task A_guest_that_sends_no_more_can_still_be_sent_something()
    {
        using var proxy = Start("vsock-mux", _path, "22");
        using var guest = await AcceptAsync("OK 1\n");
        guest.Send("bye"u8);
        guest.Shutdown(SocketShutdown.Send);

        // Not to its end: a runtime that is not compiled ahead of time holds a copy of standard output.
        var words = new char[3];
        Assert.Equal(3, await proxy.StandardOutput.ReadBlockAsync(words, Token));
        Assert.Equal("bye", new string(words));
        await WriteAsync(proxy, "last words");
        proxy.StandardInput.Close();

        Assert.Equal("last words", await ReceiveAsync(guest, 10));
        Assert.Equal(0, await ExitAsync(proxy));
    }

    [Fact]
    public async Task Megabytes_arrive_whole_and_a_slow_reader_costs_no_processor_time()
    {
        using var proxy = Start("vsock-mux", _path, "22");
        using var guest = await AcceptAsync("OK 1\n");
        var data = new byte[8 << 20];
        new Random(1).NextBytes(data);
        var sending = Task.Run(
            () =>
            {
                guest.Send(data);
                guest.Close();
            },
            Token
        );

        // Everything in between is full now.
        await Task.Delay(500, Token);
        var before = proxy.TotalProcessorTime;
        await Task.Delay(500, Token);
        var waited = proxy.TotalProcessorTime - before;
        Assert.True(
            waited < TimeSpan.FromMilliseconds(100),
            $"Waiting took {waited.TotalMilliseconds} ms of processor time."
        );

        using var received = new MemoryStream();
        await proxy.StandardOutput.BaseStream.CopyToAsync(received, Token);
        await sending.WaitAsync(Limit, Token);
        Assert.Equal(data, received.ToArray());
        Assert.Equal(0, await ExitAsync(proxy));
    }

    [Fact]
    public async Task A_reader_that_goes_away_ends_it()
    {
        using var proxy = Start("vsock-mux", _path, "22");
        using var guest = await AcceptAsync("OK 1\n");

        proxy.StandardOutput.Close();

        Assert.Equal(0, await ExitAsync(proxy));
        Assert.Equal(0, await guest.ReceiveAsync(new byte[1], Token));
    }

    [Theory]
    [InlineData("", "it closed the connection")]
    [InlineData("NO way\n", "it said 'NO way'")]
    [InlineData("OK-and-then-a-line-that-does-not-want-to-end-at-all", "it said 'OK?and?then?a?line?that?does?not'")]
    public async Task A_refusal_is_said_and_fails(string answer, string words)
    {
        using var proxy = Start("vsock-mux", _path, "22");
        using (await AcceptAsync(answer)) { }

        var complaint = await ComplaintOfAsync(proxy);
        Assert.Contains(words, complaint);
        Assert.Equal(1, await ExitAsync(proxy));
    }

    [Fact]
    public async Task Where_nobody_listens_it_fails_at_once()
    {
        using var proxy = Start("vsock-mux", $"{_path}-none", "22");

        Assert.Contains($"{_path}-none", await ComplaintOfAsync(proxy));
        Assert.Equal(1, await ExitAsync(proxy));
    }

    [Theory]
    [InlineData]
    [InlineData("vsock")]
    [InlineData("vsock", "1")]
    [InlineData("vsock", "-1", "22")]
    [InlineData("vsock", "0x10", "22")]
    [InlineData("vsock", "4294967296", "22")]
    [InlineData("vsock", " 3", "22")]
    [InlineData("vsock-mux", "", "22")]
    [InlineData("vsock-mux", "/a", "x")]
    [InlineData("vsock-mux", "/a", "22", "more")]
    [InlineData("tcp", "127.0.0.1", "22")]
    public async Task Targets_are_read_strictly(params string[] words)
    {
        using var proxy = Start(words);

        Assert.Contains("vsock CID PORT", await ComplaintOfAsync(proxy));
        Assert.Equal(2, await ExitAsync(proxy));
    }

    private static Process Start(params string[] arguments) =>
        Process.Start(
            new ProcessStartInfo(Scene.Monitor, ["proxy", .. arguments])
            {
                UseShellExecute = false,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;

    private static Task<string> ComplaintOfAsync(Process proxy) => proxy.StandardError.ReadToEndAsync(Token);

    private static async Task WriteAsync(Process proxy, string text)
    {
        await proxy.StandardInput.WriteAsync(text.AsMemory(), Token);
        await proxy.StandardInput.FlushAsync(Token);
    }

    private static async Task<int> ExitAsync(Process proxy)
    {
        await proxy.WaitForExitAsync(Token).WaitAsync(Limit, Token);
        return proxy.ExitCode;
    }

    private static async Task<string> ReceiveAsync(Socket socket, int length)
    {
        var buffer = new byte[length];
        for (var count = 0; count < length; )
        {
            var received = await socket.ReceiveAsync(buffer.AsMemory(count), Token);
            Assert.NotEqual(0, received);
            count += received;
        }

        return Encoding.ASCII.GetString(buffer);
    }

    private async Task<Socket> AcceptAsync(string answer)
    {
        var guest = await _listener.AcceptAsync(Token);
        Assert.Equal("CONNECT 22\n", await ReceiveAsync(guest, 11));
        if (answer.Length > 0)
        {
            guest.Send(Encoding.ASCII.GetBytes(answer));
        }

        return guest;
    }
}
