using VmSpawn.Engine.Native;

namespace VmSpawn.Monitor.Proxying;

/// <summary>Copies both ways between two descriptors of this process and a socket, until nothing more can come.</summary>
/// <param name="input">What is sent to the socket.</param>
/// <param name="output">Where goes what the socket receives.</param>
/// <param name="socket">The socket.</param>
internal sealed class Relay(FileDescriptor input, FileDescriptor output, FileDescriptor socket)
{
    private readonly RelayDirection outgoing = new(input, socket, () => UnixSocket.EndSending(socket));
    private readonly RelayDirection incoming = new(socket, output, () => End(output));

    /// <summary>Runs to the end: of both directions, or of the peer, or of whoever reads the output.</summary>
    public void Run()
    {
        Span<PollEntry> entries = stackalloc PollEntry[3];
        while (!(incoming.IsOver && outgoing.IsOver))
        {
            entries[0] = Entry(input, outgoing.WantsToRead ? PollEvents.Readable : PollEvents.None);
            entries[1] = Entry(
                socket,
                (incoming.WantsToRead ? PollEvents.Readable : PollEvents.None)
                    | (outgoing.WantsToWrite ? PollEvents.Writable : PollEvents.None),
                // With nothing wanted of it, its end is still to be seen, once all that it had to say was read.
                watch: incoming.IsOver
            );
            entries[2] = incoming.IsOver
                ? new PollEntry { Descriptor = -1 }
                : Entry(output, incoming.WantsToWrite ? PollEvents.Writable : PollEvents.None, watch: true);
            Poller.Wait(entries, -1);
            if (
                Is(entries[2], PollEvents.Error | PollEvents.Invalid | PollEvents.HangUp)
                || (incoming.IsOver && Is(entries[1], PollEvents.HangUp | PollEvents.Error))
            )
            {
                // Nobody is there any more to hear what the other would say.
                return;
            }

            if (Is(entries[0], ~PollEvents.None))
            {
                outgoing.Read();
            }

            if (Is(entries[1], ~PollEvents.Writable))
            {
                incoming.Read();
            }

            outgoing.Write(Is(entries[1], ~PollEvents.Readable));
            incoming.Write(Is(entries[2], ~PollEvents.None));
        }
    }

    // A socket has ended for its reader even if somebody else holds it open, too; a pipe only when it is closed.
    private static void End(FileDescriptor output)
    {
        UnixSocket.EndSending(output);
        output.Dispose();
    }

    // A descriptor that nothing is wanted of is left out: the end of its peer, which poll always tells, would not let
    // this process sleep.
    private static PollEntry Entry(FileDescriptor descriptor, PollEvents events, bool watch = false) =>
        new() { Descriptor = events == PollEvents.None && !watch ? -1 : descriptor.Number, Requested = events };

    private static bool Is(PollEntry entry, PollEvents events) => (entry.Returned & events) != PollEvents.None;
}
