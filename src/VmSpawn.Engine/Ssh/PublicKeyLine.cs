using VmSpawn.Engine.Native;

namespace VmSpawn.Engine.Ssh;

/// <summary>The public half of a key in a file of its own.</summary>
internal static class PublicKeyLine
{
    // The largest RSA key that OpenSSH takes has less than 4 KiB.
    private const int Limit = 64 * 1024;

    /// <summary>The line, or <see langword="null"/> if there is no such file or it is something else.</summary>
    public static string? TryRead(string path)
    {
        try
        {
            return NativeFile.TryRead(path, Limit) is { } bytes
                ? Parse(System.Text.Encoding.UTF8.GetString(bytes))
                : null;
        }
        catch (Errors.VmSpawnException)
        {
            return null;
        }
    }

    /// <summary>The line, if the text is one key: <c>TYPE BASE64 [COMMENT]</c>.</summary>
    public static string? Parse(string text)
    {
        var line = text.Trim();
        var words = line.Split(' ', 3);
        return
            words.Length >= 2
            && words[0].Length > 0
            && words[0].All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '@')
            && words[1].Length > 0
            && Convert.TryFromBase64String(words[1], new byte[words[1].Length], out _)
            && !line.Any(char.IsControl)
            ? line
            : null;
    }
}
