using VmSpawn.Engine.Configuration;
using VmSpawn.PowerShell.Tests.Hosting;

namespace VmSpawn.PowerShell.Tests.Commands;

public sealed class GetVmBootEntryTests : IDisposable
{
    private readonly TestShell _shell = new();
    private readonly string _tree;

    public GetVmBootEntryTests()
    {
        _tree = MakeTree("tree");
    }

    public void Dispose() => _shell.Dispose();

    [Fact]
    public void Entries_are_objects_with_all_that_they_say_in_the_menus_order()
    {
        var entries = _shell.Run("Get-VmBootEntry tree").Output.Cast<BootEntry>().ToList();

        Assert.Equal(["os-2.conf", "os-1.conf", "os-3.conf"], entries.Select(entry => entry.Id));
        Assert.Equal([false, true, false], entries.Select(entry => entry.Default));
        var second = entries[0];
        Assert.Equal("Type1", second.Type);
        Assert.Equal("Two", second.Title);
        Assert.Equal("2", second.Version);
        Assert.Equal("os", second.SortKey);
        Assert.Equal("0123456789abcdef0123456789abcdef", second.MachineId);
        Assert.Equal("x86_64", second.Architecture);
        Assert.Equal($"{_tree}/boot/linux", second.Kernel);
        Assert.Equal([$"{_tree}/boot/i1", $"{_tree}/boot/i2"], second.Initrds);
        Assert.Equal("quiet", second.Options);
        Assert.Equal($"{_tree}/boot/loader/entries/os-2+4-1.conf", second.Path);
        Assert.Equal((4, 1), (second.TriesLeft, second.TriesDone));
        Assert.Equal((_tree, null), (second.Directory, second.Image));
        Assert.Null(second.Problem);
        Assert.Contains("absent' does not exist", entries[2].Problem);
        Assert.Equal("os-2.conf", second.ToString());
    }

    [Theory]
    [InlineData("'tree', 'tree2' | Get-VmBootEntry")]
    [InlineData("Get-VmBootEntry tree*")]
    [InlineData("Get-VmBootEntry -Path tree?, ./tree/.")]
    [InlineData("Get-VmBootEntry -LiteralPath tree, tree2")]
    [InlineData("[IO.DirectoryInfo]::new(\"$PWD/tree\"), [IO.DirectoryInfo]::new(\"$PWD/tree2\") | Get-VmBootEntry")]
    [InlineData("[pscustomobject]@{ Path = 'tree' }, [pscustomobject]@{ LiteralPath = 'tree2' } | Get-VmBootEntry")]
    public void Paths_are_taken_in_every_usual_way(string script)
    {
        MakeTree("tree2");

        var result = _shell.Run(script);

        Assert.Empty(result.Errors);
        Assert.Equal(
            [$"{_tree}", $"{_tree}2"],
            result.Output.Cast<BootEntry>().Select(entry => entry.Directory).Distinct().Order()
        );
    }

    [Fact]
    public void Wildcard_characters_of_a_literal_path_mean_themselves()
    {
        MakeTree("a[1]");

        Assert.NotEmpty(_shell.Run("Get-VmBootEntry -LiteralPath 'a[1]'").Output);
        Assert.NotEmpty(_shell.Run("Get-VmBootEntry 'a`[1`]'").Output);
        Assert.Empty(_shell.Run("Get-VmBootEntry 'a[1]'").Output);
    }

    [Fact]
    public void A_path_that_is_no_source_is_an_error_for_that_path_only()
    {
        File.WriteAllText(Path.Combine(_shell.Directory.FullName, "text"), "text");
        Directory.CreateDirectory(Path.Combine(_shell.Directory.FullName, "empty"));

        var result = _shell.Run("Get-VmBootEntry none, text, empty, /dev/null, tree");

        Assert.Equal(3, result.Output.Count);
        Assert.Equal(
            ["BootSourceNotFound", "BootPartitionTableNotFound", "BootDirectoryNotFound", "BootSourceNotSupported"],
            result.Errors.Select(error => error.FullyQualifiedErrorId.Split(',')[0])
        );
        Assert.All(result.Errors, error => Assert.NotEqual("", error.ErrorDetails.RecommendedAction));
    }

    [Fact]
    public void Files_that_were_passed_over_are_warned_of()
    {
        File.WriteAllText($"{_tree}/boot/loader/entries/a b.conf", "title x\n");

        Assert.Contains("a b.conf", Assert.Single(_shell.Run("Get-VmBootEntry tree").Warnings));
    }

    [Fact]
    public void A_tree_without_entries_is_warned_of()
    {
        Directory.CreateDirectory(Path.Combine(_shell.Directory.FullName, "none/boot"));

        var result = _shell.Run("Get-VmBootEntry none");

        Assert.Empty(result.Output);
        Assert.Empty(result.Errors);
        Assert.Contains("none' has no boot entries", Assert.Single(result.Warnings));
    }

    [Fact]
    public void A_chosen_entry_binds_to_a_start_with_its_tree()
    {
        var result = _shell.Run("Get-VmBootEntry tree | Where-Object Default | Start-VmSpawn -Directory tree");

        Assert.Empty(result.Errors);
        var configuration = _shell.Engine.Configuration!;
        Assert.Equal("os-1.conf", configuration.BootEntry!.Id);
        Assert.Equal(_tree, configuration.Directory!.Value);
        Assert.Null(configuration.Linux);
        Assert.Null(configuration.Image);

        _shell.Run("Get-VmBootEntry tree | Where-Object Id -eq os-2.conf | New-VmSpawnPlan");
        Assert.Equal("os-2.conf", _shell.Engine.Configuration!.BootEntry!.Id);
        Assert.Equal(_tree, _shell.Engine.Configuration!.Directory!.Value);
        Assert.Equal("x86_64", _shell.Engine.Configuration!.Architecture);
    }

    [Fact]
    public void An_entrys_tree_gives_way_to_an_image_that_was_typed()
    {
        _shell.Run("Get-VmBootEntry tree | Where-Object Default | New-VmSpawnPlan -Image /srv/disk.raw");

        var configuration = _shell.Engine.Configuration!;
        Assert.Equal("/srv/disk.raw", configuration.Image!.Value);
        Assert.Null(configuration.Directory);
        Assert.Equal("os-1.conf", configuration.BootEntry!.Id);
    }

    [Fact]
    public void A_kernel_that_was_typed_is_left_to_the_engine_to_refuse()
    {
        _shell.Run("Get-VmBootEntry tree | Where-Object Default | New-VmSpawnPlan -Linux /k");

        Assert.Equal(HostPath.Parse("/k", "linux"), _shell.Engine.Configuration!.Linux);
        Assert.NotNull(_shell.Engine.Configuration.BootEntry);
    }

    private string MakeTree(string name)
    {
        var tree = Path.Combine(_shell.Directory.FullName, name);
        Write("boot/linux", "KERNEL");
        Write("boot/i1", "1");
        Write("boot/i2", "2");
        Write(
            "boot/loader/entries/os-2+4-1.conf",
            "title Two\nversion 2\nsort-key os\nmachine-id 0123456789abcdef0123456789abcdef\narchitecture x64\n"
                + "linux /linux\ninitrd /i1\ninitrd /i2\noptions quiet\n"
        );
        Write(
            "boot/loader/entries/os-1.conf",
            "version 1\nsort-key os\nmachine-id 0123456789abcdef0123456789abcdef\nlinux /linux\n"
        );
        Write(
            "boot/loader/entries/os-3+0-3.conf",
            "version 3\nsort-key os\nmachine-id 0123456789abcdef0123456789abcdef\nlinux /absent\n"
        );
        Write("efi/loader/loader.conf", "default os-1*\n");
        return tree;

        void Write(string path, string text)
        {
            var file = Path.Combine(tree, path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, text);
        }
    }
}
