using System.Collections.Immutable;

namespace VmSpawn.Engine.Host;

/// <summary>The machine id of machine-id(5): 32 hexadecimal digits.</summary>
internal static class MachineIdFile
{
    private const int DigitCount = 32;

    /// <summary>Its 16 bytes, or an empty array if the file is missing, unreadable or holds no id (such as <c>uninitialized</c>).</summary>
    public static ImmutableArray<byte> Read(string path)
    {
        try
        {
            return Parse(File.ReadAllText(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    internal static ImmutableArray<byte> Parse(string text)
    {
        var digits = text.TrimEnd('\n');
        return digits.Length == DigitCount && digits.All(char.IsAsciiHexDigit)
            ? [.. Convert.FromHexString(digits)]
            : [];
    }
}
