using System.Collections.Immutable;
using System.Globalization;
using VmSpawn.Engine.Configuration;

namespace VmSpawn.Engine.Images;

/// <summary>
/// A name in a versioned directory (systemd.v(7)): <c>NAME_VERSION[_ARCHITECTURE][+LEFT[-DONE]][.raw]</c>.
/// </summary>
/// <param name="FileName">The whole name.</param>
/// <param name="Version">Its version.</param>
/// <param name="Architecture">Architecture in systemd's spelling, or <see langword="null"/> if it says none.</param>
/// <param name="TriesLeft">Tries that are left, if they are counted.</param>
internal sealed record VersionedName(string FileName, string Version, string? Architecture, int? TriesLeft)
{
    /// <summary>Names of systemd.unit(5), ConditionArchitecture=.</summary>
    private static readonly ImmutableHashSet<string> Architectures =
    [
        .. (
            "x86 x86-64 ppc ppc-le ppc64 ppc64-le ia64 parisc parisc64 s390 s390x sparc sparc64 mips mips-le mips64 "
            + "mips64-le alpha arm arm-be arm64 arm64-be sh sh64 m68k tilegx cris arc arc-be riscv32 riscv64 loongarch64"
        ).Split(' '),
    ];

    /// <summary>Those that failed all tries last, then the newest version, then one for this very architecture.</summary>
    public static IComparer<VersionedName> BestFirst { get; } =
        Comparer<VersionedName>.Create(
            (a, b) =>
            {
                var result = (a.TriesLeft == 0).CompareTo(b.TriesLeft == 0);
                result = result != 0 ? result : VersionOrder.Instance.Compare(b.Version, a.Version);
                result = result != 0 ? result : (a.Architecture is null).CompareTo(b.Architecture is null);
                return result != 0 ? result : string.CompareOrdinal(b.FileName, a.FileName);
            }
        );

    /// <summary>Takes a name apart; <see langword="null"/> if it belongs to another image or architecture.</summary>
    /// <param name="fileName">The name.</param>
    /// <param name="image">Name of the image.</param>
    /// <param name="machine">The host's architecture as <c>uname -m</c> prints it.</param>
    public static VersionedName? Parse(string fileName, string image, string machine)
    {
        if (!fileName.StartsWith(image + "_", StringComparison.Ordinal))
        {
            return null;
        }

        var rest = fileName[(image.Length + 1)..];
        rest = rest.EndsWith(".raw", StringComparison.Ordinal) ? rest[..^4] : rest;
        var tries = TakeTries(ref rest);
        var architecture = TakeArchitecture(ref rest);
        return rest.Length == 0 || (architecture is not null && architecture != Native(machine))
            ? null
            : new VersionedName(fileName, rest, architecture, tries);
    }

    private static int? TakeTries(ref string rest)
    {
        var plus = rest.LastIndexOf('+');
        if (plus < 0)
        {
            return null;
        }

        var counters = rest[(plus + 1)..].Split('-');
        if (
            counters.Length > 2
            || !counters.All(c => int.TryParse(c, NumberStyles.None, CultureInfo.InvariantCulture, out _))
        )
        {
            return null;
        }

        rest = rest[..plus];
        return int.Parse(counters[0], CultureInfo.InvariantCulture);
    }

    private static string? TakeArchitecture(ref string rest)
    {
        var underscore = rest.LastIndexOf('_');
        if (underscore < 0 || !Architectures.Contains(rest[(underscore + 1)..]))
        {
            return null;
        }

        var architecture = rest[(underscore + 1)..];
        rest = rest[..underscore];
        return architecture;
    }

    private static string Native(string machine) =>
        machine switch
        {
            "x86_64" => "x86-64",
            "i386" or "i486" or "i586" or "i686" => "x86",
            "aarch64" => "arm64",
            "aarch64_be" => "arm64-be",
            "ppcle" => "ppc-le",
            "ppc64le" => "ppc64-le",
            _ when machine.StartsWith("armv", StringComparison.Ordinal) => machine.EndsWith('b') ? "arm-be" : "arm",
            _ => machine,
        };
}
