namespace VmSpawn.Engine.Host;

/// <summary>A program's words as one line of a message.</summary>
internal static class OneLine
{
    /// <summary>Joins the lines that are not blank with <c>; </c>, drops control characters and cuts at the limit.</summary>
    public static string Of(string text, int limit)
    {
        var lines = text.Split(['\n', '\r'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var line = string.Concat(string.Join("; ", lines).Where(c => !char.IsControl(c)));
        return line.Length <= limit ? line : string.Concat(line.AsSpan(0, limit), "…");
    }
}
