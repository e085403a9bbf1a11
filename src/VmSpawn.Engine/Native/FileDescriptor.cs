using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using VmSpawn.Engine.Errors;

namespace VmSpawn.Engine.Native;

/// <summary>An open descriptor that is owned: closed once, by whoever disposes of it. Always close-on-exec.</summary>
internal sealed unsafe class FileDescriptor : SafeHandleMinusOneIsInvalid
{
    private const int DuplicateCloseOnExec = 1030; // F_DUPFD_CLOEXEC, fcntl(2)
    private const int SetDescriptorFlags = 2; // F_SETFD
    private const int CloseOnExec = 1; // FD_CLOEXEC
    private const int GetStatusFlags = 3; // F_GETFL
    private const int SetStatusFlags = 4; // F_SETFL
    private const int NonBlock = 0x800; // O_NONBLOCK

    /// <summary>Takes over an open descriptor.</summary>
    public FileDescriptor(int number)
        : base(ownsHandle: true) => SetHandle(number);

    /// <summary>The number in this process.</summary>
    public int Number => (int)handle;

    /// <summary>Takes over a descriptor inherited from the parent, which therefore is not close-on-exec yet.</summary>
    public static FileDescriptor Inherited(int number)
    {
        var descriptor = new FileDescriptor(number);
        if (LibC.fcntl(descriptor, SetDescriptorFlags, CloseOnExec) < 0)
        {
            var error = SystemCallException.Last($"use the inherited descriptor {number}");
            descriptor.SetHandleAsInvalid();
            throw error;
        }

        return descriptor;
    }

    /// <summary>A copy of a descriptor that somebody else owns.</summary>
    public static FileDescriptor CopyOf(int number)
    {
        var borrowed = new FileDescriptor(number);
        try
        {
            return borrowed.Duplicate();
        }
        finally
        {
            borrowed.SetHandleAsInvalid();
        }
    }

    /// <summary>Reads what is there.</summary>
    /// <returns>Bytes read, 0 at the end, -1 if nothing is there yet.</returns>
    public int Read(Span<byte> buffer)
    {
        fixed (byte* pointer = buffer)
        {
            nint count;
            do
            {
                count = LibC.read(this, pointer, (nuint)buffer.Length);
            } while (count < 0 && Marshal.GetLastPInvokeError() == Errno.Interrupted);

            return count < 0 ? NotNow("read") : (int)count;
        }
    }

    /// <summary>Reads from a place in a file, as much as is there.</summary>
    /// <returns>Bytes read, 0 at the end.</returns>
    public int ReadAt(Span<byte> buffer, long offset)
    {
        fixed (byte* pointer = buffer)
        {
            nint count;
            do
            {
                count = LibC.pread(this, pointer, (nuint)buffer.Length, offset);
            } while (count < 0 && Marshal.GetLastPInvokeError() == Errno.Interrupted);

            return count < 0 ? throw SystemCallException.Last("read a file") : (int)count;
        }
    }

    /// <summary>Writes what fits.</summary>
    /// <returns>Bytes written, -1 if nothing fits yet.</returns>
    public int Write(ReadOnlySpan<byte> bytes)
    {
        fixed (byte* pointer = bytes)
        {
            nint count;
            do
            {
                count = LibC.write(this, pointer, (nuint)bytes.Length);
            } while (count < 0 && Marshal.GetLastPInvokeError() == Errno.Interrupted);

            return count < 0 ? NotNow("write") : (int)count;
        }
    }

    /// <summary>Writes everything to a file.</summary>
    public void WriteAll(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            bytes = bytes[Math.Max(0, Write(bytes))..];
        }
    }

    /// <summary>Cuts a file off, or lengthens it with zeros.</summary>
    public void SetLength(long length)
    {
        if (LibC.ftruncate(this, length) != 0)
        {
            throw SystemCallException.Last("set the length of a file");
        }
    }

    /// <summary>Another descriptor of the same open file, numbered <paramref name="minimum"/> or higher.</summary>
    public FileDescriptor Duplicate(int minimum = 3)
    {
        var number = LibC.fcntl(this, DuplicateCloseOnExec, minimum);
        return number < 0 ? throw SystemCallException.Last("duplicate a descriptor") : new FileDescriptor(number);
    }

    /// <summary>Lets reads and writes return at once instead of waiting.</summary>
    public void SetNonBlocking()
    {
        var flags = LibC.fcntl(this, GetStatusFlags, 0);
        if (flags < 0 || LibC.fcntl(this, SetStatusFlags, flags | NonBlock) < 0)
        {
            throw SystemCallException.Last("set a descriptor's flags");
        }
    }

    /// <inheritdoc/>
    protected override bool ReleaseHandle() => LibC.close((int)handle) == 0;

    private static int NotNow(string action) =>
        Marshal.GetLastPInvokeError() == Errno.TryAgain
            ? -1
            : throw SystemCallException.Last($"{action} through a descriptor");
}
