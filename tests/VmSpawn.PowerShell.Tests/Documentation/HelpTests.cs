using System.Management.Automation;
using System.Management.Automation.Language;
using System.Xml.Linq;
using VmSpawn.Commands;
using VmSpawn.PowerShell.Tests.Hosting;

namespace VmSpawn.PowerShell.Tests.Documentation;

/// <summary>Code, manifest, help pages and the help file made from them say the same.</summary>
public sealed class HelpTests : IDisposable
{
    private static readonly XNamespace Maml = "http://schemas.microsoft.com/maml/2004/10";
    private static readonly XNamespace Dev = "http://schemas.microsoft.com/maml/dev/2004/10";
    private static readonly XNamespace Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";

    private readonly TestShell _shell = new();

    public static TheoryData<string> Pages => [.. CmdletPage.ReadAll().Select(page => page.Name)];

    public void Dispose() => _shell.Dispose();

    [Fact]
    public void Every_cmdlet_is_exported_and_has_a_page()
    {
        var classes = typeof(VmSpawnCommand)
            .Assembly.GetExportedTypes()
            .Select(type =>
                type.GetCustomAttributes(typeof(CmdletAttribute), false).Cast<CmdletAttribute>().FirstOrDefault()
            )
            .OfType<CmdletAttribute>()
            .Select(attribute => $"{attribute.VerbName}-{attribute.NounName}")
            .Order(StringComparer.Ordinal);

        Assert.Equal(classes, Cmdlets().Keys.Order(StringComparer.Ordinal));
        Assert.Equal(classes, CmdletPage.ReadAll().Select(page => page.Name));
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void A_page_is_complete(string name)
    {
        var page = Page(name);

        Assert.DoesNotContain("{{", page.Text, StringComparison.Ordinal);
        Assert.Contains($"\ntitle: {name}\n", page.Text, StringComparison.Ordinal);
        Assert.Contains("\nexternal help file: VmSpawn.PowerShell.dll-Help.xml\n", page.Text, StringComparison.Ordinal);
        Assert.True(page.Examples.Count() >= 3, "fewer than three examples");
        Assert.All(
            ["SYNOPSIS", "SYNTAX", "DESCRIPTION", "INPUTS", "OUTPUTS", "NOTES", "RELATED LINKS"],
            section => Assert.NotEqual("", page.Sections[section])
        );
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void A_page_has_every_parameter_as_it_is(string name)
    {
        var cmdlet = Cmdlets()[name];
        var documented = Page(name).Parameters;
        var common = new HashSet<string>(Cmdlet.CommonParameters);
        var parameters = cmdlet
            .Parameters.Values.Where(parameter =>
                !common.Contains(parameter.Name) && !IsHidden(parameter) && !parameter.IsDynamic
            )
            .ToList();

        Assert.Equal(
            parameters.Select(parameter => parameter.Name).Order(StringComparer.Ordinal),
            documented.Keys.Order(StringComparer.Ordinal)
        );
        Assert.All(
            parameters,
            parameter =>
            {
                var text = documented[parameter.Name];
                Assert.Equal(parameter.ParameterType.ToString(), CmdletPage.Metadata(text, "Type"));
                Assert.Equal(
                    parameter.Aliases.Count == 0 ? "[]" : string.Join(' ', parameter.Aliases),
                    CmdletPage.Metadata(text, "Aliases")
                );
                Assert.NotEqual("''", CmdletPage.Metadata(text, "DefaultValue"));
                Assert.Matches("^\n[A-Z]", text);
                var sets = parameter.ParameterSets.Values;
                AssertFlag(sets.Any(set => set.IsMandatory), text, "  IsRequired");
                AssertFlag(sets.Any(set => set.ValueFromPipeline), text, "  ValueFromPipeline");
                AssertFlag(
                    sets.Any(set => set.ValueFromPipelineByPropertyName),
                    text,
                    "  ValueFromPipelineByPropertyName"
                );
                AssertFlag(parameter.Attributes.OfType<SupportsWildcardsAttribute>().Any(), text, "SupportsWildcards");
            }
        );
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void A_page_has_the_output_types(string name) =>
        Assert.Equal(
            Cmdlets()[name].OutputType.Select(type => type.Name).Order(StringComparer.Ordinal),
            Page(name).Outputs.Order(StringComparer.Ordinal)
        );

    [Theory]
    [MemberData(nameof(Pages))]
    public void Examples_use_cmdlets_and_parameters_that_exist(string name)
    {
        var cmdlets = Cmdlets();
        Assert.All(
            Page(name).Examples,
            code =>
            {
                var script = Parser.ParseInput(code, out _, out var errors);
                Assert.Empty(errors);
                var commands = script
                    .FindAll(node => node is CommandAst, searchNestedScriptBlocks: true)
                    .Cast<CommandAst>()
                    .Where(command => cmdlets.ContainsKey(command.GetCommandName() ?? ""))
                    .ToList();
                Assert.NotEmpty(commands);
                foreach (
                    var parameter in commands.SelectMany(command =>
                        command.CommandElements.OfType<CommandParameterAst>()
                    )
                )
                {
                    var cmdlet = cmdlets[((CommandAst)parameter.Parent).GetCommandName()];
                    Assert.NotNull(cmdlet.ResolveParameter(parameter.ParameterName));
                }
            }
        );
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void The_help_file_is_made_from_the_page_as_it_is_now(string name)
    {
        var page = Page(name);
        var help = XDocument
            .Load(Path.Combine(ModuleFolder.Help, "VmSpawn.PowerShell.dll-Help.xml"))
            .Root!.Elements(Command + "command")
            .Single(element => element.Element(Command + "details")!.Element(Command + "name")!.Value == name);

        Assert.Equal(
            Words(page.Sections["SYNOPSIS"]),
            Words(help.Element(Command + "details")!.Element(Maml + "description")!.Value)
        );
        Assert.Equal(
            Words(page.Sections["DESCRIPTION"]),
            Words(
                string.Join(' ', help.Element(Maml + "description")!.Elements(Maml + "para").Select(para => para.Value))
            )
        );
        Assert.Equal(page.Examples, help.Descendants(Dev + "code").Select(code => code.Value));
        var parameters = help.Element(Command + "parameters")!
            .Elements(Command + "parameter")
            .ToDictionary(
                parameter => parameter.Element(Maml + "name")!.Value,
                parameter =>
                    string.Join(
                        ' ',
                        parameter.Element(Maml + "description")!.Elements(Maml + "para").Select(para => para.Value)
                    )
            );
        Assert.Equal(page.Parameters.Keys.Order(), parameters.Keys.Order());
        Assert.All(
            page.Parameters,
            parameter => Assert.Equal(Words(parameter.Value.Split("```yaml")[0]), Words(parameters[parameter.Key]))
        );
    }

    [Fact]
    public void About_topics_are_shipped_as_they_are_written() =>
        Assert.All(
            Directory.GetFiles(Path.Combine(ModuleFolder.Docs, "about"), "about_*.help.txt"),
            path =>
                Assert.Equal(
                    File.ReadAllText(path),
                    File.ReadAllText(Path.Combine(ModuleFolder.Help, Path.GetFileName(path)))
                )
        );

    private static CmdletPage Page(string name) => CmdletPage.ReadAll().Single(page => page.Name == name);

    private static bool IsHidden(ParameterMetadata parameter) =>
        parameter.Attributes.OfType<ParameterAttribute>().All(attribute => attribute.DontShow)
        && parameter.Attributes.OfType<ParameterAttribute>().Any();

    private static void AssertFlag(bool expected, string text, string key) =>
        Assert.Contains($"\n{key}: {(expected ? "true" : "false")}\n", text, StringComparison.Ordinal);

    // Line breaks and the marks of code are the page's own.
    private static string Words(string text) =>
        string.Join(
            ' ',
            text.Replace("`", "", StringComparison.Ordinal).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
        );

    private Dictionary<string, CmdletInfo> Cmdlets() =>
        _shell
            .Run("Get-Command -Module VmSpawn")
            .Output.Cast<CmdletInfo>()
            .ToDictionary(cmdlet => cmdlet.Name, StringComparer.OrdinalIgnoreCase);
}
