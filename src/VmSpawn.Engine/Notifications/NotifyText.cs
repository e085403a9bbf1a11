using System.Globalization;
using System.Text;

namespace VmSpawn.Engine.Notifications;

/// <summary>Text of a guest, made fit for a terminal and a table.</summary>
internal static class NotifyText
{
    /// <summary>Longest text that is kept, in characters.</summary>
    public const int Limit = 256;

    /// <summary>
    /// One line without what could move a cursor, hide or reorder other text: control and format characters, line
    /// separators and halves of characters are left out.
    /// </summary>
    public static string Clean(string text)
    {
        var clean = new StringBuilder(Math.Min(text.Length, Limit));
        foreach (var rune in text.EnumerateRunes())
        {
            if (clean.Length + rune.Utf16SequenceLength > Limit)
            {
                break;
            }

            if (
                Rune.GetUnicodeCategory(rune)
                is not (
                    UnicodeCategory.Control
                    or UnicodeCategory.Format
                    or UnicodeCategory.LineSeparator
                    or UnicodeCategory.ParagraphSeparator
                    or UnicodeCategory.Surrogate
                )
            )
            {
                clean.Append(rune.ToString());
            }
        }

        return clean.ToString().Trim();
    }
}
