using System.Buffers.Binary;
using VmSpawn.Engine.Errors;

namespace VmSpawn.Engine.Native;

/// <summary>
/// Signals as something to poll for (signalfd(2)). They must be blocked in every thread, which is so if the process
/// was started with them blocked.
/// </summary>
internal static unsafe class SignalDescriptor
{
    private const int CloseOnExec = 0x80000; // SFD_CLOEXEC
    private const int NonBlocking = 0x800; // SFD_NONBLOCK
    private const int RecordSize = 128; // sizeof(struct signalfd_siginfo)
    private const int BlockMode = 0; // SIG_BLOCK, sigprocmask(2)

    /// <summary>Receives these signals from now on.</summary>
    public static FileDescriptor Open(params ReadOnlySpan<Signal> signals)
    {
        var set = SignalSet.Of(signals);
        var number =
            LibC.sigprocmask(BlockMode, &set, null) == 0 ? LibC.signalfd(-1, &set, CloseOnExec | NonBlocking) : -1;
        return number < 0 ? throw SystemCallException.Last("receive signals") : new FileDescriptor(number);
    }

    /// <summary>The next signal, or <see langword="null"/> if there is none now.</summary>
    public static Signal? Read(FileDescriptor descriptor)
    {
        Span<byte> record = stackalloc byte[RecordSize];
        return descriptor.Read(record) == RecordSize ? (Signal)BinaryPrimitives.ReadInt32LittleEndian(record) : null;
    }
}
