using System.Buffers;
using System.Text;
using VmSpawn.Engine.Errors;

namespace VmSpawn.Engine.Configuration;

/// <summary>Vendor strings for the guest in SMBIOS table 11.</summary>
public static class Smbios11Text
{
    /// <summary>Checks one string: any text that can be written as UTF-8 and holds no NUL, which ends such a string.</summary>
    /// <exception cref="InvalidValueException">It is empty, holds a NUL, or half of a surrogate pair.</exception>
    public static string Parse(string? text)
    {
        if (string.IsNullOrEmpty(text) || text.Contains('\0'))
        {
            throw Invalid(text, string.IsNullOrEmpty(text) ? "it is empty" : "it contains a NUL");
        }

        for (var position = 0; position < text.Length; )
        {
            if (Rune.DecodeFromUtf16(text.AsSpan(position), out _, out var length) is not OperationStatus.Done)
            {
                throw Invalid(text, "it is not UTF-8 clean");
            }

            position += length;
        }

        return text;
    }

    private static InvalidValueException Invalid(string? text, string reason) =>
        ValueError.Create("smbios11", text, reason, "Give a text such as vendor:key=value.");
}
