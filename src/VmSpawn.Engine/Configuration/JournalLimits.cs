using System.Globalization;

namespace VmSpawn.Engine.Configuration;

/// <summary>Limits of the journal that a guest's log is kept in; <see langword="null"/> leaves one to the receiver.</summary>
/// <param name="MaxUse">Most bytes on disk in all.</param>
/// <param name="KeepFree">Bytes that stay free on the disk.</param>
/// <param name="MaxFileSize">Most bytes of one file.</param>
/// <param name="MaxFiles">Most files.</param>
public sealed record JournalLimits(
    ByteSize? MaxUse = null,
    ByteSize? KeepFree = null,
    ByteSize? MaxFileSize = null,
    ulong? MaxFiles = null
)
{
    /// <summary>No limit.</summary>
    public static JournalLimits None { get; } = new();

    /// <summary>Reads a number of files.</summary>
    /// <exception cref="Errors.InvalidValueException">It is no number.</exception>
    public static ulong ParseFiles(string value) =>
        ulong.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw ValueError.Create(
                "forward-journal-max-files",
                value,
                "it is no number",
                "Use a number such as 10."
            );
}
