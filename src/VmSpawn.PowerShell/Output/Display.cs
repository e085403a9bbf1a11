using System.Globalization;

namespace VmSpawn.Output;

/// <summary>Sizes and spans of time as the default views show them; called by the formats file.</summary>
public static class Display
{
    private static readonly string[] Units = ["B", "K", "M", "G", "T", "P", "E"];

    /// <summary>A size in the manual page's units, such as <c>2G</c> or <c>1.5G</c>.</summary>
    /// <param name="bytes">The size in bytes.</param>
    public static string Size(long bytes)
    {
        var value = (double)bytes;
        var unit = 0;
        while (value >= 1024 && unit < Units.Length - 1)
        {
            value /= 1024;
            unit++;
        }

        return value.ToString("0.#", CultureInfo.InvariantCulture) + Units[unit];
    }

    /// <summary>A span of time to the second, from a day on to the minute: <c>00:01:12</c>, <c>3d 04:00</c>; nothing for none.</summary>
    public static string Span(TimeSpan? span) =>
        span is not { } value ? ""
        : value.Days == 0 ? value.ToString(@"hh\:mm\:ss", CultureInfo.InvariantCulture)
        : value.ToString(@"d'd 'hh\:mm", CultureInfo.InvariantCulture);

    /// <summary>Whether the guest is ready: <c>yes</c>, <c>no</c>, or nothing if it has ended or cannot tell.</summary>
    public static string Ready(VirtualMachine machine) =>
        machine.EndedAt is not null || machine.NotifyTransport is null or "none" ? ""
        : machine.IsReady ? "yes"
        : "no";

    /// <summary>Who wrote an entry, as <c>journalctl</c> shows it: <c>sshd[812]</c>.</summary>
    public static string JournalSource(JournalEntry entry) =>
        Plain(entry.ProcessId is { } id ? $"{entry.Identifier}[{id}]" : entry.Identifier);

    /// <summary>
    /// Text of a guest without what a terminal would act upon: control characters other than tab and line end become
    /// U+FFFD.
    /// </summary>
    public static string Plain(string? text) =>
        text is null
            ? ""
            : string.Concat(text.Select(c => char.IsControl(c) && c is not ('\t' or '\n') ? '\uFFFD' : c));

    /// <summary>What the VM boots from, by its last name: the image, else the directory, else the kernel.</summary>
    public static string Source(VirtualMachine machine) =>
        Path.GetFileName((machine.Image ?? machine.Directory ?? machine.Kernel ?? "").TrimEnd('/'));
}
