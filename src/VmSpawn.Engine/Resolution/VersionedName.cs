namespace VmSpawn.Engine.Resolution;

/// <summary>A file name in a versioned directory: <c>NAME_VERSION[_ARCHITECTURE][+LEFT[-DONE]]SUFFIX</c> (systemd.v(7)).</summary>
/// <param name="Version">The version.</param>
/// <param name="Architecture">The architecture, or <see langword="null"/> if the name has none.</param>
/// <param name="IsUsedUp">True if no try is left.</param>
internal sealed record VersionedName(string Version, GuestArchitecture? Architecture, bool IsUsedUp)
{
    /// <summary>Reads a name; <see langword="null"/> if it is not of that form.</summary>
    public static VersionedName? Parse(string file, string name, string suffix)
    {
        var prefix = $"{name}_";
        if (
            file.Length <= prefix.Length + suffix.Length
            || !file.StartsWith(prefix, StringComparison.Ordinal)
            || !file.EndsWith(suffix, StringComparison.Ordinal)
        )
        {
            return null;
        }

        var version = file[prefix.Length..^suffix.Length];
        var plus = version.LastIndexOf('+');
        var tries = plus < 0 ? "" : version[(plus + 1)..];
        if (tries.Length > 0 && tries.All(c => char.IsAsciiDigit(c) || c == '-'))
        {
            version = version[..plus];
        }
        else
        {
            tries = "";
        }

        GuestArchitecture? architecture = null;
        var underscore = version.LastIndexOf('_');
        if (underscore >= 0 && GuestArchitecture.Find(version[(underscore + 1)..]) is { } known)
        {
            (version, architecture) = (version[..underscore], known);
        }

        return version.Length == 0
            ? null
            : new VersionedName(
                version,
                architecture,
                tries.Split('-')[0] is { Length: > 0 } left && left.All(c => c == '0')
            );
    }

    /// <summary>True if it is for that architecture, or does not say.</summary>
    public bool Fits(GuestArchitecture guest) => Architecture is null || Architecture.Name == guest.Name;
}
