using System.Globalization;
using System.Text;
using CsCheck;
using VmSpawn.Engine.Boot;
using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Host;
using VmSpawn.Engine.Images;
using VmSpawn.Engine.Tests.Fakes;
using Xunit;

namespace VmSpawn.Engine.Tests.Boot;

public sealed class BootEntryListTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();

    public void Dispose() => directory.Dispose();

    private BootEntryList Entries => BootEntryList.Read(new LinuxHostFiles(), directory.Root);

    /// <summary>Adds an entry of type 1, and the kernel <c>k/NAME</c> that it names unless the text names another.</summary>
    private void Conf(string name, string text = "", string partition = "boot")
    {
        var kernel = $"k/{Path.GetFileNameWithoutExtension(name)}";
        directory.Write($"{partition}/{kernel}", "KERNEL");
        var linux = text.Contains("linux ", StringComparison.Ordinal) ? "" : $"linux /{kernel}\n";
        directory.Write($"{partition}/loader/entries/{name}", linux + text);
    }

    private void Unified(string path, string osRelease = "ID=x\nVERSION_ID=1\n") =>
        directory.Write(path, ProgramBuilder.Unified(osRelease));

    private string Chosen => Path.GetRelativePath(directory.Root, Entries.ChooseKernel().Kernel);

    private string Refused()
    {
        var error = Assert.Throws<VmSpawnException>(() => Entries.ChooseKernel());
        Assert.Equal("BootKernelNotFound", error.ErrorId);
        Assert.Contains("--linux", error.Message);
        Assert.Contains(directory.Root, error.Message);
        return error.Message;
    }

    [Fact]
    public void An_entry_of_type_1_is_read_with_all_it_says()
    {
        directory.Write("boot/k/i1", "1");
        directory.Write("boot/k/i2", "2");
        Conf(
            "os+3-1.conf",
            "# comment\r\ntitle\tThe System \r\nsort-key s\nversion 6.1\nmachine-id aa\narchitecture x64\n\n"
                + "options a=1 b\noptions c\ninitrd k/i1\ninitrd //k/i2\ndevicetree /x.dtb\n"
        );

        var entry = Assert.Single(Entries.Entries);

        Assert.Equal(("os.conf", BootEntryType.Conf), (entry.Id, entry.Type));
        Assert.Equal(
            ("The System", "s", "6.1", "aa", "x86_64"),
            (entry.Title, entry.SortKey, entry.Version, entry.MachineId, entry.Architecture)
        );
        Assert.Equal("a=1 b c", entry.Options);
        Assert.Equal((3, 1), (entry.TriesLeft, entry.TriesDone));
        Assert.Equal(directory.PathOf("boot/k/os+3-1"), entry.Kernel);
        Assert.Equal([directory.PathOf("boot/k/i1"), directory.PathOf("boot/k/i2")], entry.Initrds);
        Assert.Null(entry.Problem);
        Assert.Empty(Entries.Warnings);
    }

    [Fact]
    public void An_entry_of_type_2_is_read_from_its_sections()
    {
        directory.Write(
            "efi/EFI/Linux/os+0-3.EFI",
            ProgramBuilder.Unified(
                "# c\nNAME=n\nID=id\nIMAGE_ID='the image'\nVERSION_ID=7\nPRETTY_NAME=\"A \\\"B\\\"\"\nBUILD_ID=9\n",
                " quiet \0"
            )
        );

        var entry = Assert.Single(Entries.Entries);

        Assert.Equal(("os.EFI", BootEntryType.Unified, true), (entry.Id, entry.Type, entry.IsUnified));
        Assert.Equal(
            ("A \"B\"", "the image", "7", "quiet"),
            (entry.Title, entry.SortKey, entry.Version, entry.Options)
        );
        Assert.Equal((0, 3), (entry.TriesLeft, entry.TriesDone));
        Assert.Equal(entry.Path, entry.Kernel);
        Assert.Equal("efi/EFI/Linux/os+0-3.EFI", Chosen);
    }

    [Theory]
    [InlineData("b.conf", "sort-key a", "a.conf", "sort-key b")]
    [InlineData("a.conf", "sort-key zzz", "z.conf", "")]
    [InlineData("b.conf", "sort-key s\nmachine-id aa\nversion 1", "a.conf", "sort-key s\nmachine-id bb\nversion 9")]
    [InlineData("a.conf", "sort-key s\nversion 6.10", "b.conf", "sort-key s\nversion 6.9")]
    [InlineData("a.conf", "sort-key s\nversion 6.1", "b.conf", "sort-key s\nversion 6.1~rc1")]
    [InlineData("b.conf", "sort-key s\nversion 6.1.1-1", "a.conf", "sort-key s\nversion 6.1-2")]
    [InlineData("os-1.10.conf", "", "os-1.9.conf", "version 99")]
    [InlineData("os-1.conf", "", "os-2+0-3.conf", "")]
    [InlineData("a.conf", "", "b+0.conf", "sort-key s")]
    [InlineData("os-2+1-2.conf", "", "os-1.conf", "")]
    [InlineData("os+3.conf", "", "os+2-1.conf", "")]
    public void The_menu_has_the_best_entry_first(string first, string firstText, string second, string secondText)
    {
        Conf(second, secondText + "\n");
        Conf(first, firstText + "\n");

        Assert.Equal([first, second], Entries.Entries.Select(entry => Path.GetFileName(entry.Path)));
    }

    [Fact]
    public void By_the_rules_of_systemd_vmspawn_tries_and_architectures_play_no_part()
    {
        Conf("os-1.conf");
        Conf("os-2+0-3.conf", "architecture aa64\n");
        Unified("boot/efi/EFI/Linux/never-looked-for.efi");

        var list = BootEntryList.Read(new LinuxHostFiles(), directory.Root, BootEntryRules.SystemdVmspawn);

        Assert.Equal(["os-2.conf", "os-1.conf"], list.Entries.Select(entry => entry.Id));
        Assert.Equal("os-2.conf", list.ChooseKernel("x86_64").Entry.Id);
    }

    [Fact]
    public void An_entry_for_another_architecture_is_passed_over_and_said_to_be()
    {
        Conf("os-2.conf", "architecture AA64\n");
        Conf("os-1.conf", "architecture X64\n");

        var chosen = Entries.ChooseKernel("x86_64");

        Assert.Equal("os-1.conf", chosen.Entry.Id);
        Assert.Contains(
            "'os-2.conf' is passed over: it is for the architecture aarch64",
            Assert.Single(chosen.Warnings)
        );
        Assert.Equal("os-1.conf", Entries.FindDefault("x86_64")!.Id);
        Assert.Equal("os-2.conf", Entries.FindDefault("aarch64")!.Id);
        Assert.Equal("os-2.conf", Entries.FindDefault("riscv64")!.Id);
    }

    [Fact]
    public void An_EFI_system_partition_below_boot_counts_where_efi_is_missing_or_empty()
    {
        Unified("boot/efi/EFI/Linux/u.efi");
        Assert.Equal("boot/efi/EFI/Linux/u.efi", Chosen);

        directory.MakeDirectory("efi");
        Assert.Equal("boot/efi/EFI/Linux/u.efi", Chosen);

        directory.Write("efi/loader/loader.conf", "");
        Assert.Empty(Entries.Entries);
    }

    [Fact]
    public void The_kernel_release_and_architecture_of_a_unified_kernel_image_are_read()
    {
        directory.Write(
            "efi/EFI/Linux/u.efi",
            new ProgramBuilder()
                .With(".osrel", "ID=x\n")
                .With(".uname", "6.1.0-50-cloud-amd64\0")
                .With(".linux", "KERNEL")
                .Build()
        );

        var entry = Assert.Single(Entries.Entries);

        Assert.Equal(("6.1.0-50-cloud-amd64", "x86_64"), (entry.KernelRelease, entry.Architecture));
    }

    [Fact]
    public void A_unified_kernel_image_with_an_id_comes_before_entries_without_sort_key()
    {
        Conf("z.conf");
        Unified("efi/EFI/Linux/u.efi");

        Assert.Equal("efi/EFI/Linux/u.efi", Chosen);
        Assert.True(Entries.ChooseKernel().IsUnified);
    }

    [Theory]
    [InlineData("a*", "boot/k/a")]
    [InlineData("A.CONF", "boot/k/a")]
    [InlineData("?.conf", "boot/k/b")]
    [InlineData("[ac].conf", "boot/k/a")]
    [InlineData("a", "boot/k/b")]
    [InlineData("zzz*", "boot/k/b")]
    [InlineData("@saved", "boot/k/b")]
    public void Loader_conf_prefers_the_entry_whose_whole_id_its_glob_matches(string pattern, string expected)
    {
        Conf("a.conf");
        Conf("b.conf");
        directory.Write("efi/loader/loader.conf", $"timeout 3\ndefault {pattern}\n");
        directory.Write("boot/loader/loader.conf", "default a*\n");

        Assert.Equal(expected, Chosen);
    }

    [Fact]
    public void Entries_without_a_usable_kernel_are_passed_over_and_the_user_is_told()
    {
        Conf("9.conf", "linux ../../etc/passwd\n");
        directory.Write("boot/loader/entries/8.conf", "efi /shell.efi\n");
        directory.Write("boot/loader/entries/7.conf", "title no kernel\n");
        Conf("6.conf", "linux /k/absent\n");
        Conf("5.conf", "initrd /k/absent\n");
        Conf("4.conf", "linux /k/\n");
        Conf("3.conf", "linux /k/../x\n");
        Conf("2.conf", "linux /k\n");
        Assert.Contains("'9.conf'", Refused());

        Conf("1.conf");
        var chosen = Entries.ChooseKernel();

        Assert.Equal("1.conf", chosen.Entry.Id);
        Assert.Equal(8, chosen.Warnings.Length);
        Assert.Contains(
            chosen.Warnings,
            warning => warning.Contains("k/absent' does not exist", StringComparison.Ordinal)
        );
        Assert.Contains(chosen.Warnings, warning => warning.Contains("names no kernel", StringComparison.Ordinal));
        Assert.Contains("first boot entry that can be used", chosen.Reason);
    }

    [Fact]
    public void Files_that_are_no_entries_are_passed_over_with_a_warning_where_one_helps()
    {
        Conf("a b.conf");
        Conf(".hidden.conf");
        Conf("text.txt");
        directory.MakeDirectory("boot/loader/entries/dir.conf");
        directory.Link("boot/loader/entries/link.conf", "text.txt");
        directory.Write("boot/EFI/Linux/notpe.efi", "text");
        directory.Write("boot/EFI/Linux/stub.efi", new ProgramBuilder().With(".text", "x").Build());
        Unified("boot/EFI/Linux/noname.efi", "VERSION_ID=1\n");

        Assert.Empty(Entries.Entries);
        Assert.Equal(4, Entries.Warnings.Length);
        Assert.Contains("it has no boot entries", Refused());
    }

    [Fact]
    public void Unknown_keys_and_missing_values_are_reported_and_harmless()
    {
        Conf("a.conf", "title\nbogus yes\n");

        Assert.Equal("boot/k/a", Chosen);
        Assert.Equal(2, Entries.Warnings.Length);
    }

    [Fact]
    public void What_the_caller_may_not_read_is_said_and_not_passed_over_in_silence()
    {
        var files = new FakeFiles();
        files.AddFile("/t/boot/loader/entries/a.conf", "linux /k\n");
        files.AddFile("/t/boot/k", "KERNEL");
        files.AddFile("/t/efi/loader/entries/b.conf", "linux /k\n");
        files.Unreadable.Add("/t/boot/k");
        files.Unreadable.Add("/t/efi/loader/entries");

        var list = BootEntryList.Read(files, "/t");

        Assert.Contains("'/t/boot/k' may not be read", Assert.Single(list.Entries).Problem);
        Assert.Contains("'/t/efi/loader/entries' is passed over", Assert.Single(list.Warnings));
    }

    [Fact]
    public void A_directory_of_entries_that_is_a_link_is_refused()
    {
        Conf("a.conf");
        Directory.Move(directory.PathOf("boot/loader/entries"), directory.PathOf("boot/loader/real"));
        directory.Link("boot/loader/entries", "real");

        var error = Assert.Throws<VmSpawnException>(() => Entries);

        Assert.Equal("BootDirectoryIsLink", error.ErrorId);
        Assert.Contains("boot/loader/entries", error.Message);
    }

    [Fact]
    public void The_partition_may_be_a_link_inside_the_tree_but_not_out_of_it()
    {
        Conf("a.conf", partition: "xboot");
        directory.Link("boot", "xboot");
        Assert.Equal("boot/k/a", Chosen);

        File.Delete(directory.PathOf("boot"));
        directory.Link("boot", directory.PathOf("xboot"));
        Assert.Equal("BootDirectoryIsLink", Assert.Throws<VmSpawnException>(() => Entries).ErrorId);

        File.Delete(directory.PathOf("boot"));
        directory.Link("boot", $"../{Path.GetFileName(directory.Root)}/xboot");
        Assert.Equal("BootDirectoryIsLink", Assert.Throws<VmSpawnException>(() => Entries).ErrorId);
    }

    [Fact]
    public void A_kernel_that_is_a_link_out_of_the_tree_is_not_handed_over()
    {
        Conf("a.conf", "linux /outside\n");
        directory.Link("boot/outside", "/etc/passwd");
        Assert.Contains("leaves the directory", Refused());

        Conf("b.conf", "linux /loop\n");
        directory.Link("boot/loop", "loop");
        Assert.Contains("'b.conf'", Refused());

        Conf("c.conf", "linux /inside\n");
        directory.Link("boot/inside", "../real-kernel");
        directory.Write("real-kernel", "KERNEL");
        Assert.Equal("boot/inside", Chosen);
    }

    [Fact]
    public void One_file_seen_through_both_partitions_counts_once()
    {
        Conf("a.conf", partition: "efi");
        directory.Link("boot", "efi");

        Assert.Equal(directory.PathOf("efi/loader/entries/a.conf"), Assert.Single(Entries.Entries).Path);
    }

    [Fact]
    public void A_tree_without_boot_directories_has_no_entries() => Assert.Contains("no boot entries", Refused());

    [Fact]
    public void Ten_thousand_entries_are_read_and_sorted_within_a_second()
    {
        using var many = TemporaryDirectory.InMemory();
        many.Write("boot/k/linux", "KERNEL");
        many.Write("boot/k/initrd", "INITRD");
        many.MakeDirectory("boot/loader/entries");
        for (var i = 0; i < 10_000; i++)
        {
            File.WriteAllText(
                many.PathOf($"boot/loader/entries/os-{i}.conf"),
                $"title T\nsort-key s\nversion 6.{i}\nlinux /k/linux\ninitrd /k/initrd\noptions quiet\n"
            );
        }

        _ = BootEntryList.Read(new LinuxHostFiles(), many.Root);
        var before = ProcessorTime();
        var entries = BootEntryList.Read(new LinuxHostFiles(), many.Root).Entries;

        Assert.InRange(ProcessorTime() - before, TimeSpan.Zero, TimeSpan.FromSeconds(1));
        Assert.Equal("6.9999", entries[0].Version);
        Assert.Equal(10_000, entries.Length);
    }

    /// <summary>Of this thread alone, since other tests and programs use the machine too (proc(5), <c>schedstat</c>).</summary>
    private static TimeSpan ProcessorTime() =>
        TimeSpan.FromMicroseconds(
            long.Parse(File.ReadAllText("/proc/thread-self/schedstat").Split(' ')[0], CultureInfo.InvariantCulture)
                / 1000
        );

    [Fact]
    public void Any_text_gives_an_entry_whose_paths_stay_below_the_partition()
    {
        string[] pieces =
        [
            "linux ",
            "initrd ",
            "options ",
            "title",
            "#",
            "\n",
            "\r",
            "\t",
            " ",
            "/",
            "..",
            ".",
            "a",
            "\0",
            "é",
            "uki ",
        ];
        var texts = Gen.Int[0, pieces.Length - 1]
            .Array[0, 30]
            .Select(chosen => Encoding.UTF8.GetBytes(string.Concat(chosen.Select(piece => pieces[piece]))));

        Gen.OneOf(texts, Gen.Byte.Array[0, 60])
            .Sample(text =>
            {
                var entry = ConfEntryReader.Read(NewPartition(), "/t/boot/loader/entries/x.conf", text);
                return entry
                    .Initrds.Append(entry.Kernel ?? "/t/boot/x")
                    .All(path =>
                        path.StartsWith("/t/boot/", StringComparison.Ordinal)
                        && !path.Split('/').Contains("..")
                        && !path.Contains('\0')
                    );
            });
    }

    [Fact]
    public void Any_unified_kernel_image_gives_an_entry_nothing_or_the_typed_error()
    {
        var good = ProgramBuilder.Unified("ID=x\nPRETTY_NAME=\"a\n", "quiet");
        Gen.Select(Gen.Int[0, good.Length - 1], Gen.Byte)
            .Array[0, 6]
            .Sample(changes =>
            {
                var copy = good.ToArray();
                foreach (var (place, value) in changes)
                {
                    copy[place] = value;
                }

                try
                {
                    var entry = UnifiedEntryReader.Read(
                        NewPartition(),
                        "/t/x.efi",
                        new DiskBytes(new MemoryStream(copy), copy.Length)
                    );
                    return entry is null or { Title: not null };
                }
                catch (InvalidFileException)
                {
                    return true;
                }
            });
    }

    /// <summary>One for each sample: they are tried in parallel, and a partition remembers what it has seen.</summary>
    private static BootPartition NewPartition() =>
        new(new LinuxHostFiles(), new TreeBoundary(new LinuxHostFiles(), "/t"), "/t/boot", new BootWarnings());
}
