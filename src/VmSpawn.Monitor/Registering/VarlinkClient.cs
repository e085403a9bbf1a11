using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Native;
using VmSpawn.Engine.Supervision;
using VmSpawn.Engine.Systemd;

namespace VmSpawn.Monitor.Registering;

/// <summary>Makes one call of Varlink over a connection of its own, without ever waiting for the service.</summary>
internal sealed class VarlinkClient(EventLoop loop, string socketPath)
{
    // Replies of machined are empty, errors a few words.
    private const int ReplyLimit = 64 * 1024;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    /// <summary>Makes the call.</summary>
    /// <param name="call">The message with its end.</param>
    /// <param name="givenUp">Ends it early.</param>
    public async Task<VarlinkOutcome> CallAsync(byte[] call, CancellationToken givenUp)
    {
        FileDescriptor socket;
        try
        {
            socket = UnixSocket.Connect(socketPath);
        }
        catch (VmSpawnException e)
        {
            return new VarlinkOutcome(IsUnderstood: false, e.Message);
        }

        using (socket)
        {
            // What is sent is smaller than any socket's buffer, and nothing is in that yet.
            if (UnixSocket.Send(socket, call) != call.Length)
            {
                return new VarlinkOutcome(IsUnderstood: false, $"'{socketPath}' does not take the call.");
            }

            return await ReceiveAsync(socket, givenUp);
        }
    }

    private async Task<VarlinkOutcome> ReceiveAsync(FileDescriptor socket, CancellationToken givenUp)
    {
        var reply = new List<byte>();
        var complete = new TaskCompletionSource();
        using var watch = loop.Watch(
            socket,
            PollEvents.Readable,
            _ =>
            {
                Span<byte> buffer = stackalloc byte[4096];
                var count = UnixSocket.Receive(socket, buffer);
                reply.AddRange(buffer[..Math.Max(count, 0)]);
                if (count == 0 || reply.Contains(VarlinkMessage.End) || reply.Count > ReplyLimit)
                {
                    complete.TrySetResult();
                }
            }
        );
        if (!await loop.WaitAsync(complete.Task, Limit).WaitAsync(givenUp))
        {
            return new VarlinkOutcome(
                IsUnderstood: true,
                $"'{socketPath}' did not answer within {Limit.TotalSeconds} seconds."
            );
        }

        var end = reply.IndexOf(VarlinkMessage.End);
        if (end < 0 || !VarlinkMessage.TryReadReply(reply.ToArray().AsSpan(0, end), out var error))
        {
            return new VarlinkOutcome(IsUnderstood: false, $"'{socketPath}' does not speak Varlink.");
        }

        return new VarlinkOutcome(error is null || !VarlinkMessage.IsNotImplemented(error), error);
    }
}
