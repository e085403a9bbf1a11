using VmSpawn.Engine.Native;

namespace VmSpawn.Monitor.Notifications;

/// <summary>Where a guest's connections with notifications arrive.</summary>
internal interface INotifyListener : IDisposable
{
    /// <summary>Readable when a connection waits.</summary>
    FileDescriptor Descriptor { get; }

    /// <summary>
    /// How long a connection may be silent before it is closed. What has come by then is taken as the whole message.
    /// </summary>
    TimeSpan Patience { get; }

    /// <summary>True if the guest's end of a message is not passed on, so that it must be guessed.</summary>
    bool LosesEnd { get; }

    /// <summary>The next connection.</summary>
    /// <param name="stranger">Who it is, if it is not the guest; the connection is of no use then.</param>
    /// <returns><see langword="null"/> if there is none now.</returns>
    FileDescriptor? Accept(out string? stranger);
}
