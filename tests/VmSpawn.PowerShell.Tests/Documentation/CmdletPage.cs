using System.Text.RegularExpressions;
using VmSpawn.PowerShell.Tests.Hosting;

namespace VmSpawn.PowerShell.Tests.Documentation;

/// <summary>One help page of docs/cmdlets, read as far as the tests need it.</summary>
internal sealed partial class CmdletPage
{
    private CmdletPage(string name, string text)
    {
        Name = name;
        Text = text;
        Sections = Section().Split(text).Skip(1).Chunk(2).ToDictionary(pair => pair[0], pair => pair[1].Trim());
    }

    public string Name { get; }

    public string Text { get; }

    /// <summary>Text below each heading of the second level.</summary>
    public IReadOnlyDictionary<string, string> Sections { get; }

    /// <summary>Code of each example.</summary>
    public IEnumerable<string> Examples =>
        Code().Matches(Sections["EXAMPLES"]).Select(match => match.Groups["code"].Value);

    /// <summary>Names of the output types.</summary>
    public IEnumerable<string> Outputs =>
        Heading().Matches(Sections["OUTPUTS"]).Select(match => match.Groups["name"].Value);

    /// <summary>Text below each parameter's heading; without the common parameters.</summary>
    public IReadOnlyDictionary<string, string> Parameters =>
        Parameter()
            .Matches(Sections["PARAMETERS"])
            .ToDictionary(match => match.Groups["name"].Value, match => match.Groups["text"].Value);

    public static IReadOnlyList<CmdletPage> ReadAll() =>
        [
            .. Directory
                .GetFiles(Path.Combine(ModuleFolder.Docs, "cmdlets"), "*-*.md")
                .Order(StringComparer.Ordinal)
                .Select(path => new CmdletPage(Path.GetFileNameWithoutExtension(path), File.ReadAllText(path))),
        ];

    /// <summary>A value of the block of metadata below a parameter, or the list of values, joined by blanks.</summary>
    public static string Metadata(string parameterText, string key)
    {
        var match = Regex.Match(
            parameterText,
            $@"^{key}:(?<value>[^\n]*)(?<items>(\n- [^\n]*)*)",
            RegexOptions.Multiline
        );
        Assert.True(match.Success, $"no {key}");
        var items = match.Groups["items"].Value.Split("\n- ", StringSplitOptions.RemoveEmptyEntries);
        return items.Length > 0 ? string.Join(' ', items) : match.Groups["value"].Value.Trim();
    }

    [GeneratedRegex(@"^## (.+)$", RegexOptions.Multiline)]
    private static partial Regex Section();

    [GeneratedRegex(@"^### (?<name>.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"^```powershell\n(?<code>.*?)\n```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Code();

    [GeneratedRegex(@"^### -(?<name>\w+)\n(?<text>.*?)(?=^### |\z)", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Parameter();
}
