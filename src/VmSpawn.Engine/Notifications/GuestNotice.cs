using System.Buffers;
using System.Globalization;
using VmSpawn.Engine.Machines;

namespace VmSpawn.Engine.Notifications;

/// <summary>What one assignment of a notification means for what is known of the guest (the spec, section 7.2).</summary>
internal static class GuestNotice
{
    private const int MostUnits = 64;
    private const int LongestUnitName = 255; // UNIT_NAME_MAX, systemd.unit(5)
    private const int LongestHostName = 64; // hostname(7)
    private const int LongestVerb = 32;
    private const int MachineIdLength = 32;

    private static readonly SearchValues<char> UnitCharacters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789:-_.\\@"
    );

    private static readonly SearchValues<char> HostNameCharacters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-."
    );

    private static readonly SearchValues<char> HexadecimalDigits = SearchValues.Create("0123456789abcdef");

    private static readonly SearchValues<char> VerbCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz-");

    /// <summary>Takes note of an assignment; one that is unknown or of no form changes nothing.</summary>
    /// <param name="report">What was known.</param>
    /// <param name="field">The assignment.</param>
    /// <param name="now">When it came.</param>
    /// <param name="warning">What the user should know of it, or <see langword="null"/>.</param>
    public static GuestReport Apply(GuestReport report, NotifyField field, DateTimeOffset now, out string? warning)
    {
        warning = null;
        var value = field.Value;
        switch (field.Key)
        {
            case "READY" when value == "1" && report.ReadyAt is null:
                return report with { ReadyAt = now };
            case "STATUS":
                return report with { Status = NotifyText.Clean(value) is { Length: > 0 } status ? status : null };
            case "EXIT_STATUS":
                if (byte.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var exitStatus))
                {
                    return report with { ExitStatus = exitStatus };
                }

                warning = $"The guest reported a bad exit status, which is not used: '{NotifyText.Clean(value)}'.";
                return report;
            case "X_SYSTEMD_HOSTNAME" when Consists(value, HostNameCharacters, LongestHostName):
                return report with { HostName = value };
            case "X_SYSTEMD_MACHINE_ID"
                when value.Length == MachineIdLength && Consists(value, HexadecimalDigits, MachineIdLength):
                return report with { MachineId = value };
            case "X_SYSTEMD_UNIT_ACTIVE"
                when Consists(value, UnitCharacters, LongestUnitName)
                    && report.ActiveUnits.Length < MostUnits
                    && !report.ActiveUnits.Contains(value):
                return report with { ActiveUnits = report.ActiveUnits.Add(value) };
            case "X_SYSTEMD_UNIT_INACTIVE" when report.ActiveUnits.Contains(value):
                return report with { ActiveUnits = report.ActiveUnits.Remove(value) };
            case "X_SYSTEMD_SHUTDOWN" when Consists(value, VerbCharacters, LongestVerb):
                return report with { Shutdown = value };
            default:
                return report;
        }
    }

    private static bool Consists(string value, SearchValues<char> characters, int longest) =>
        value.Length > 0 && value.Length <= longest && value.AsSpan().IndexOfAnyExcept(characters) < 0;
}
