using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace VmSpawn.Engine.Journal;

/// <summary>
/// Reads what <c>journalctl --output=json</c> writes: an object a line, each field a text, an array of numbers if it is no
/// text, an array of these if it is there more than once, or null if it was left out.
/// </summary>
internal static class JournalJson
{
    private const string Cursor = "__CURSOR";
    private const string Time = "__REALTIME_TIMESTAMP";

    // Fields in an object, values in a field, bytes in a value.
    private static readonly JsonReaderOptions Options = new() { MaxDepth = 3 };

    /// <summary>Reads one line.</summary>
    /// <param name="line">The line.</param>
    /// <param name="entry">The entry.</param>
    /// <param name="problem">Why it is none.</param>
    public static bool TryParse(
        ReadOnlySpan<byte> line,
        [NotNullWhen(true)] out JournalEntry? entry,
        [NotNullWhen(false)] out string? problem
    )
    {
        entry = null;
        try
        {
            var fields = ReadFields(line);
            problem =
                fields.GetValueOrDefault(Cursor) is not string ? "it has no cursor"
                : TimeOf(fields) is null ? "it has no time"
                : null;
            if (problem is null)
            {
                entry = new JournalEntry((string)fields[Cursor], TimeOf(fields)!.Value, fields);
            }
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException)
        {
            // The last is a text that is no Unicode.
            problem = e.Message;
        }

        return entry is not null;
    }

    private static Dictionary<string, object> ReadFields(ReadOnlySpan<byte> line)
    {
        var fields = new Dictionary<string, object>(StringComparer.Ordinal);
        var reader = new Utf8JsonReader(line, Options);
        if (!reader.Read() || reader.TokenType is not JsonTokenType.StartObject)
        {
            throw new FormatException("it is no object");
        }

        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            _ = reader.Read();
            if (ReadValue(ref reader) is { } value)
            {
                fields[name] = value;
            }
        }

        // Throws if the object is not complete or something follows it.
        _ = reader.Read();
        return fields;
    }

    private static object? ReadValue(ref Utf8JsonReader reader) =>
        reader.TokenType switch
        {
            JsonTokenType.String => reader.GetString(),
            JsonTokenType.StartArray => ReadArray(ref reader),
            JsonTokenType.Null => null,
            JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False => Encoding.UTF8.GetString(
                reader.ValueSpan
            ),
            _ => throw new FormatException($"a value begins with {reader.TokenType}"),
        };

    private static object ReadArray(ref Utf8JsonReader reader)
    {
        List<byte>? bytes = null;
        var values = new List<object>();
        while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray)
        {
            if (reader.TokenType is JsonTokenType.Number)
            {
                (bytes ??= []).Add(reader.GetByte());
            }
            else if (ReadValue(ref reader) is { } value)
            {
                values.Add(value);
            }
        }

        return (bytes, values.Count) switch
        {
            (null, _) => values.ToArray(),
            (_, 0) => bytes.ToArray(),
            _ => throw new FormatException("an array has both bytes and values"),
        };
    }

    // Microseconds since the epoch.
    private static DateTimeOffset? TimeOf(Dictionary<string, object> fields) =>
        fields.GetValueOrDefault(Time) is string text
        && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var microseconds)
        && microseconds <= (DateTimeOffset.MaxValue - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond
            ? DateTimeOffset.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond)
            : null;
}
