using System.Globalization;

namespace VmSpawn.Engine.Host;

/// <summary>The ids that a user may give to user namespaces (subuid(5), subgid(5)).</summary>
internal static class SubordinateIds
{
    /// <summary>File with the user ids.</summary>
    public const string UserFile = "/etc/subuid";

    /// <summary>File with the group ids.</summary>
    public const string GroupFile = "/etc/subgid";

    /// <summary>The first range of the user, or <see langword="null"/>.</summary>
    /// <param name="files">The host's files.</param>
    /// <param name="path">One of the two files.</param>
    /// <param name="id">User id of the owner; lines name users by id or by name, also in the groups' file.</param>
    /// <param name="name">Name of the owner, if known.</param>
    public static (uint First, uint Count)? Find(IHostFiles files, string path, uint id, string? name)
    {
        if (!files.CanRead(path))
        {
            return null;
        }

        var number = id.ToString(CultureInfo.InvariantCulture);
        using var reader = new StreamReader(files.OpenRead(path));
        while (reader.ReadLine() is { } line)
        {
            if (
                line.Split(':') is [var owner, var first, var count]
                && (owner == number || (name is not null && owner == name))
                && uint.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out var start)
                && uint.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var length)
                && start > 0
                && length > 0
                && (ulong)start + length <= uint.MaxValue
            )
            {
                return (start, length);
            }
        }

        return null;
    }
}
