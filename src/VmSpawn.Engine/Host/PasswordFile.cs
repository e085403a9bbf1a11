using System.Globalization;

namespace VmSpawn.Engine.Host;

/// <summary>The users of <c>/etc/passwd</c> (passwd(5)); those of other sources are not known.</summary>
internal static class PasswordFile
{
    private const string Path = "/etc/passwd";

    /// <summary>The user of that name, or <see langword="null"/>.</summary>
    public static HostUser? Find(IHostFiles files, string name) => Find(files, user => user.Name == name);

    /// <summary>The first user of that id, or <see langword="null"/>.</summary>
    public static HostUser? Find(IHostFiles files, uint id) => Find(files, user => user.Uid == id);

    private static HostUser? Find(IHostFiles files, Predicate<HostUser> isWanted)
    {
        using var reader = new StreamReader(files.OpenRead(Path));
        while (reader.ReadLine() is { } line)
        {
            if (Parse(line) is { } user && isWanted(user))
            {
                return user;
            }
        }

        return null;
    }

    /// <summary>One line of the file, or <see langword="null"/> if it is no user.</summary>
    internal static HostUser? Parse(string line) =>
        line.Split(':') is [var name, _, var uid, var gid, _, var home, var shell]
        && name.Length > 0
        && uint.TryParse(uid, NumberStyles.None, CultureInfo.InvariantCulture, out var user)
        && uint.TryParse(gid, NumberStyles.None, CultureInfo.InvariantCulture, out var group)
            ? new HostUser(name, user, group, home, shell)
            : null;
}
