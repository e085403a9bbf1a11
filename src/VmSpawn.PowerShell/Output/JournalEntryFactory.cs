using System.Collections.ObjectModel;
using System.Globalization;
using VmSpawn.Engine.Journal;

namespace VmSpawn.Output;

/// <summary>Turns an entry of a journal into the object that is written to the pipeline.</summary>
internal static class JournalEntryFactory
{
    /// <summary>The object.</summary>
    public static JournalEntry Create(VmSpawn.Engine.Journal.JournalEntry entry) =>
        new()
        {
            Time = entry.Time.LocalDateTime,
            Unit = entry.Text("_SYSTEMD_UNIT"),
            Identifier = entry.Text("SYSLOG_IDENTIFIER") ?? entry.Text("_COMM"),
            Priority = JournalPriority.NameOf(entry.Text("PRIORITY")),
            Message = entry.Text("MESSAGE"),
            ProcessId = Number(entry.Text("_PID") ?? entry.Text("SYSLOG_PID")),
            BootId = entry.Text("_BOOT_ID"),
            HostName = entry.Text("_HOSTNAME"),
            Fields = new ReadOnlyDictionary<string, object>(new Dictionary<string, object>(entry.Fields)),
        };

    private static int? Number(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
