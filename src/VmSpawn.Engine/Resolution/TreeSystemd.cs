using System.Globalization;
using VmSpawn.Engine.Host;

namespace VmSpawn.Engine.Resolution;

/// <summary>The version of systemd that a directory tree has.</summary>
internal static class TreeSystemd
{
    // The name of its library is the one place where each distribution has the number, and nothing need be run for it.
    private const string Prefix = "libsystemd-shared-";

    /// <summary>The number, or <see langword="null"/> if it has none.</summary>
    public static int? VersionOf(string tree, IHostFiles files)
    {
        foreach (
            var directory in (string[])
                [
                    "usr/lib/systemd",
                    "usr/lib64/systemd",
                    "lib/systemd",
                    "usr/lib/x86_64-linux-gnu/systemd",
                    "usr/lib/aarch64-linux-gnu/systemd",
                ]
        )
        {
            foreach (var name in files.EnumerateNames($"{tree}/{directory}"))
            {
                if (!name.StartsWith(Prefix, StringComparison.Ordinal))
                {
                    continue;
                }

                var digits = name[Prefix.Length..].TakeWhile(char.IsAsciiDigit).ToArray();
                if (int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var version))
                {
                    return version;
                }
            }
        }

        return null;
    }
}
