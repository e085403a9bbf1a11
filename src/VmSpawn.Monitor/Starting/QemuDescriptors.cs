using VmSpawn.Engine.Native;
using VmSpawn.Engine.Planning;

namespace VmSpawn.Monitor.Starting;

/// <summary>The descriptors of a plan, opened: those that QEMU inherits, and our ends of them.</summary>
internal sealed class QemuDescriptors : IDisposable
{
    private readonly List<(FileDescriptor Source, int Target)> forQemu = [];
    private FileDescriptor? qmp;
    private FileDescriptor? console;
    private FileDescriptor? notify;

    /// <summary>Opens them all, or none.</summary>
    /// <param name="planned">What QEMU inherits.</param>
    /// <param name="passed">What the starting process gave for it, in the order of the plan.</param>
    public QemuDescriptors(IEnumerable<PlannedDescriptor> planned, IReadOnlyList<FileDescriptor> passed)
    {
        var given = new Queue<FileDescriptor>(passed);
        try
        {
            foreach (var descriptor in planned)
            {
                forQemu.Add((Open(descriptor, given), descriptor.Number));
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>What QEMU inherits, by number.</summary>
    public IReadOnlyCollection<(FileDescriptor Source, int Target)> ForQemu => forQemu;

    /// <summary>Hands over our end of the QMP connection.</summary>
    public FileDescriptor? TakeQmp() => Take(ref qmp);

    /// <summary>Hands over our end of the console.</summary>
    public FileDescriptor? TakeConsole() => Take(ref console);

    /// <summary>Hands over our end of the port that notifications come through.</summary>
    public FileDescriptor? TakeNotify() => Take(ref notify);

    /// <summary>Closes QEMU's ends, and ours where they were not taken.</summary>
    public void Dispose()
    {
        forQemu.ForEach(pair => pair.Source.Dispose());
        qmp?.Dispose();
        console?.Dispose();
        notify?.Dispose();
    }

    private static FileDescriptor? Take(ref FileDescriptor? descriptor)
    {
        var taken = descriptor;
        descriptor = null;
        return taken;
    }

    private FileDescriptor Open(PlannedDescriptor descriptor, Queue<FileDescriptor> given)
    {
        switch (descriptor)
        {
            case QmpDescriptor:
                (qmp, var qmpEnd) = UnixSocket.Pair();
                return qmpEnd;
            case ConsoleDescriptor:
                (console, var consoleEnd) = UnixSocket.Pair();
                return consoleEnd;
            case NotifyDescriptor:
                (notify, var notifyEnd) = UnixSocket.Pair();
                return notifyEnd;
            case DeviceDescriptor device:
                var node = NativeFile.Open(device.Path, NativeFile.ReadWrite);
                if (device.VsockCid is { } cid)
                {
                    VhostVsock.SetGuestCid(node, cid);
                }

                return node;
            case PassedDescriptor fromManager:
                var received = given.Dequeue();
                if (fromManager.VsockCid is { } givenCid)
                {
                    VhostVsock.SetGuestCid(received, givenCid);
                }

                return received;
            default:
                throw new NotSupportedException($"descriptor {descriptor.Number} of an unknown kind");
        }
    }
}
