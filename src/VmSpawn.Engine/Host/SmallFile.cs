namespace VmSpawn.Engine.Host;

/// <summary>Files that are read whole, however large they claim to be.</summary>
internal static class SmallFile
{
    /// <summary>The first <paramref name="limit"/> bytes, or fewer if the file is shorter.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The caller may not.</exception>
    public static byte[] Read(IFileTree files, string path, int limit)
    {
        using var stream = files.OpenRead(path);
        var buffer = new byte[Math.Min(limit, 4096)];
        var length = 0;
        while (true)
        {
            var count = stream.Read(buffer, length, buffer.Length - length);
            length += count;
            if (count == 0 || length == limit)
            {
                return buffer.AsSpan(0, length).ToArray();
            }

            if (length == buffer.Length)
            {
                Array.Resize(ref buffer, (int)Math.Min(limit, buffer.Length * 2L));
            }
        }
    }
}
