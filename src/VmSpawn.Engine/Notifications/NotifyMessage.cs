using System.Buffers;
using System.Text;

namespace VmSpawn.Engine.Notifications;

/// <summary>
/// A notification of a guest: lines <c>KEY=VALUE</c> (sd_notify(3)). Whatever a guest sends can be read; what is no such
/// line is left out.
/// </summary>
internal static class NotifyMessage
{
    /// <summary>Longest message in bytes (the spec, section 7.2).</summary>
    public const int SizeLimit = 4096;

    private static readonly SearchValues<byte> KeyBytes = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_"u8
    );

    /// <summary>The assignments, in order.</summary>
    public static List<NotifyField> Parse(ReadOnlySpan<byte> message)
    {
        var fields = new List<NotifyField>();
        foreach (var range in message.Split((byte)'\n'))
        {
            var line = message[range];
            var end = line.IndexOf((byte)'=');
            if (end > 0 && line[..end].IndexOfAnyExcept(KeyBytes) < 0)
            {
                fields.Add(
                    new NotifyField(
                        Encoding.ASCII.GetString(line[..end]),
                        // What is no UTF-8 becomes the character that stands for it.
                        Encoding.UTF8.GetString(line[(end + 1)..])
                    )
                );
            }
        }

        return fields;
    }

    /// <summary>
    /// True if nothing can be missing at the end of what has come so far. Where the end of a message is not passed on, this
    /// lets its sender go at once: systemd waits for the connection to be closed.
    /// </summary>
    public static bool IsWhole(ReadOnlySpan<byte> message)
    {
        if (message.EndsWith("\n"u8))
        {
            return true;
        }

        var last = message[(message.LastIndexOf((byte)'\n') + 1)..];
        return last.SequenceEqual("READY=1"u8)
            || (last.StartsWith("X_SYSTEMD_UNIT_"u8) && EndsWithUnitType(last))
            || (last.StartsWith("X_SYSTEMD_MACHINE_ID="u8) && last.Length == "X_SYSTEMD_MACHINE_ID=".Length + 32)
            || (last.StartsWith("X_SYSTEMD_SIGNALS_LEVEL="u8) && char.IsAsciiDigit((char)last[^1]))
            || (last.StartsWith("X_SYSTEMD_SHUTDOWN="u8) && EndsWithVerb(last));
    }

    // The types that systemd tells of are targets; the others are those that a unit of one's own may tell of.
    private static bool EndsWithUnitType(ReadOnlySpan<byte> line) =>
        line.EndsWith(".target"u8) || line.EndsWith(".service"u8) || line.EndsWith(".socket"u8);

    // All that systemd says there (systemd(1)).
    private static bool EndsWithVerb(ReadOnlySpan<byte> line) =>
        line.EndsWith("=poweroff"u8)
        || line.EndsWith("=reboot"u8)
        || line.EndsWith("=halt"u8)
        || line.EndsWith("=kexec"u8)
        || line.EndsWith("=soft-reboot"u8)
        || line.EndsWith("=exit"u8);
}
