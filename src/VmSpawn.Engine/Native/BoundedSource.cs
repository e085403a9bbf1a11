using System.Diagnostics;
using System.Runtime.InteropServices;

namespace VmSpawn.Engine.Native;

/// <summary>
/// Reads whatever a path names to its end: a file or device, a FIFO, or what a UNIX stream socket sends. Neither a writer
/// that never comes nor one that never ends can hold the caller up.
/// </summary>
internal static class BoundedSource
{
    private const int NonBlocking = 0x800; // O_NONBLOCK
    private const int FirstBuffer = 4096;

    // How long a cancellation may go unnoticed, in milliseconds.
    private const int Slice = 50;

    /// <summary>Reads it.</summary>
    /// <param name="path">Absolute path.</param>
    /// <param name="limit">Most bytes that are read; the rest stays where it is.</param>
    /// <param name="patience">How long all of it may take.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The caller may not read it.</exception>
    /// <exception cref="TimeoutException">It has not ended in that time.</exception>
    public static byte[] Read(string path, int limit, TimeSpan patience, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        using var source = Open(path, () => Check(clock, patience, cancellationToken));
        var buffer = new byte[Math.Min(limit, FirstBuffer)];
        var length = 0;
        while (true)
        {
            // A FIFO without a writer reads as ended; poll(2) says nothing of it until the first writer has come.
            while (!Poller.WaitReadable(source, Slice))
            {
                Check(clock, patience, cancellationToken);
            }

            var count = source.Read(buffer.AsSpan(length));
            length += Math.Max(0, count);
            if (count == 0 || length == limit)
            {
                return buffer.AsSpan(0, length).ToArray();
            }

            Check(clock, patience, cancellationToken);
            if (length == buffer.Length)
            {
                Array.Resize(ref buffer, (int)Math.Min(limit, buffer.Length * 2L));
            }
        }
    }

    private static FileDescriptor Open(string path, Action check)
    {
        var found = FileStatus.Read(path, followLink: true, out var status);
        if (found != 0)
        {
            throw Failure(found);
        }

        if (status.IsDirectory)
        {
            throw new IOException("It is a directory.");
        }

        while (true)
        {
            var source = status.IsSocket
                ? UnixSocket.TryConnect(path)
                : NativeFile.TryOpen(path, NativeFile.ReadOnly | NonBlocking);
            if (source is not null)
            {
                return source;
            }

            // The queue of a listener is full.
            var error = Marshal.GetLastPInvokeError();
            if (!status.IsSocket || error != Errno.TryAgain)
            {
                throw Failure(error);
            }

            Thread.Sleep(Slice);
            check();
        }
    }

    private static void Check(Stopwatch clock, TimeSpan patience, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (clock.Elapsed > patience)
        {
            throw new TimeoutException();
        }
    }

    private static Exception Failure(int error)
    {
        var reason = $"{Marshal.GetPInvokeErrorMessage(error)}.";
        return error switch
        {
            Errno.AccessDenied or Errno.NotPermitted => new UnauthorizedAccessException(reason),
            Errno.NoEntry or Errno.NotDirectory => new FileNotFoundException(reason),
            _ => new IOException(reason),
        };
    }
}
