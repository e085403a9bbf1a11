using System.Text;

namespace VmSpawn.Engine.Journal;

/// <summary>One entry of a journal (systemd.journal-fields(7)).</summary>
/// <param name="Cursor">Its place in the journal, for <c>journalctl --after-cursor=</c>.</param>
/// <param name="Time">When the guest's journald received it.</param>
/// <param name="Fields">
/// Its fields by name. A value is a <see cref="string"/>, a <see cref="byte"/> array if it is no text, or an array of such
/// values if the field is there more than once.
/// </param>
public sealed record JournalEntry(string Cursor, DateTimeOffset Time, IReadOnlyDictionary<string, object> Fields)
{
    /// <summary>A field as text, or <see langword="null"/> if it is not there: of several values the first, of bytes what can be read.</summary>
    public string? Text(string field) => Fields.TryGetValue(field, out var value) ? Text(value) : null;

    private static string? Text(object value) =>
        value switch
        {
            string text => text,
            byte[] bytes => Encoding.UTF8.GetString(bytes),
            object[] { Length: > 0 } values => Text(values[0]),
            _ => null,
        };
}
