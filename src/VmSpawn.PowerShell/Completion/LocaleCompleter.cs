namespace VmSpawn.Completion;

/// <summary>Completes a locale: the usual ones, and those that this host could generate.</summary>
public sealed class LocaleCompleter : WordCompleter
{
    // "de_DE.UTF-8 UTF-8", a locale and its character set (Debian's locales, Fedora's glibc-locale-source, Arch's glibc).
    private const string Table = "/usr/share/i18n/SUPPORTED";

    private static readonly string[] Usual =
    [
        "C.UTF-8",
        "de_DE.UTF-8",
        "en_GB.UTF-8",
        "en_US.UTF-8",
        "es_ES.UTF-8",
        "fr_FR.UTF-8",
        "it_IT.UTF-8",
        "ja_JP.UTF-8",
        "pl_PL.UTF-8",
        "pt_BR.UTF-8",
        "zh_CN.UTF-8",
    ];

    private protected override IEnumerable<(string Text, string ToolTip)> Candidates() =>
        Usual
            .Concat(Supported())
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .Select(locale => (locale, locale));

    private static IEnumerable<string> Supported()
    {
        try
        {
            return
            [
                .. File.ReadLines(Table)
                    .Select(line => line.Split(' '))
                    .Where(words => words is [_, "UTF-8"])
                    .Select(words => words[0]),
            ];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
