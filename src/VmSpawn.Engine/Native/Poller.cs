using System.Runtime.InteropServices;
using VmSpawn.Engine.Errors;

namespace VmSpawn.Engine.Native;

/// <summary>poll(2).</summary>
internal static unsafe class Poller
{
    /// <summary>Waits until something asked for is so.</summary>
    /// <param name="entries">What is asked; answered in place.</param>
    /// <param name="timeout">How long at most, in milliseconds; -1 for ever.</param>
    /// <returns>How many entries have an answer.</returns>
    public static int Wait(Span<PollEntry> entries, int timeout)
    {
        fixed (PollEntry* pointer = entries)
        {
            var count = LibC.poll(pointer, (nuint)entries.Length, timeout);
            if (count >= 0)
            {
                return count;
            }

            // An interrupted wait is an early return with nothing to report; the caller looks at the clock anyway.
            return Marshal.GetLastPInvokeError() == Errno.Interrupted
                ? 0
                : throw SystemCallException.Last("wait for descriptors");
        }
    }

    /// <summary>Waits for one descriptor to become readable or hang up.</summary>
    /// <returns>False if the time ran out.</returns>
    public static bool WaitReadable(FileDescriptor descriptor, int timeout)
    {
        Span<PollEntry> entry = [new PollEntry { Descriptor = descriptor.Number, Requested = PollEvents.Readable }];
        return Wait(entry, timeout) > 0;
    }
}
