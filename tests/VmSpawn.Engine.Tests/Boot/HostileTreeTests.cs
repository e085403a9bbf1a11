using System.Diagnostics;
using System.Text;
using VmSpawn.Engine.Boot;
using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Host;
using Xunit;

namespace VmSpawn.Engine.Tests.Boot;

/// <summary>Trees made to have the host hand over its own files, or to keep it busy without end.</summary>
public sealed class HostileTreeTests : IDisposable
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(20);

    private readonly TemporaryDirectory outside = new();
    private readonly TemporaryDirectory directory = new();

    public HostileTreeTests()
    {
        outside.Write("loader/entries/evil.conf", "title evil\nlinux /k\n");
        outside.Write("loader/loader.conf", "default evil*\n");
        outside.Write("EFI/Linux/evil.efi", ProgramBuilder.Unified("ID=evil\n"));
        outside.Write("k", "SECRET");
    }

    public void Dispose()
    {
        directory.Dispose();
        outside.Dispose();
    }

    private BootEntryList Read() => BootEntryList.Read(new LinuxHostFiles(), directory.Root);

    private void Honest() => directory.Write("boot/loader/entries/a.conf", "linux /k\ninitrd /i\n");

    [Theory]
    [InlineData("boot", "")]
    [InlineData("efi", "")]
    [InlineData("boot/efi", "")]
    [InlineData("boot/loader", "loader")]
    [InlineData("efi/loader", "loader")]
    [InlineData("boot/loader/entries", "loader/entries")]
    [InlineData("boot/EFI", "EFI")]
    [InlineData("efi/EFI/Linux", "EFI/Linux")]
    public void A_directory_that_is_a_link_out_of_the_tree_is_refused(string link, string target)
    {
        directory.Link(link, outside.PathOf(target));

        Assert.Equal("BootDirectoryIsLink", Assert.Throws<VmSpawnException>(Read).ErrorId);
    }

    [Theory]
    [InlineData("boot/loader/entries/a.conf", "loader/entries/evil.conf")]
    [InlineData("efi/EFI/Linux/a.efi", "EFI/Linux/evil.efi")]
    [InlineData("boot/loader/entries/a.conf", "absent")]
    public void An_entry_that_is_a_link_is_none(string link, string target)
    {
        directory.Link(link, outside.PathOf(target));

        Assert.Empty(Read().Entries);
    }

    [Fact]
    public void A_loader_conf_that_is_a_link_is_not_read()
    {
        Honest();
        directory.Link("efi/loader/loader.conf", outside.PathOf("loader/loader.conf"));

        Assert.Null(Read().DefaultPattern);
    }

    [Theory]
    [InlineData("boot/k")]
    [InlineData("boot/i")]
    public void A_kernel_or_initrd_that_is_a_link_out_of_the_tree_is_not_handed_over(string link)
    {
        Honest();
        directory.Write("boot/k", "KERNEL");
        directory.Write("boot/i", "INITRD");
        File.Delete(directory.PathOf(link));
        directory.Link(link, outside.PathOf("k"));

        Assert.Contains("leaves the directory", Assert.Single(Read().Entries).Problem);
        Assert.Null(Read().FindDefault("x86_64"));
    }

    [Fact]
    public void A_directory_on_the_way_to_a_kernel_may_not_be_a_link_out_of_the_tree()
    {
        directory.Write("boot/loader/entries/a.conf", "linux /d/k\n");
        directory.Link("boot/d", outside.Root);

        Assert.Contains("leaves the directory", Assert.Single(Read().Entries).Problem);
    }

    [Theory]
    [InlineData("linux /k\noptions ", 'x')]
    [InlineData("linux /", 'a')]
    [InlineData("linux ", '/')]
    [InlineData("", '\0')]
    [InlineData("title ", '\n')]
    public void An_entry_with_an_endless_line_is_passed_over_at_once(string start, char endless)
    {
        directory.Write("boot/k", "KERNEL");
        directory.Write("boot/loader/entries/a.conf", start + new string(endless, 30 << 20));
        var clock = Stopwatch.StartNew();

        var list = Read();

        Assert.Empty(list.Entries);
        Assert.Contains("more than 64 KiB", Assert.Single(list.Warnings));
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, Bound);
    }

    [Theory]
    [InlineData("initrd k\n")]
    [InlineData("options x\n")]
    [InlineData("bogus x\n")]
    [InlineData("a/")]
    [InlineData("é")]
    public void An_entry_with_as_much_as_it_may_have_is_read_at_once(string piece)
    {
        directory.Write("boot/k", "KERNEL");
        var text = new StringBuilder("linux /");
        while (text.Length < (64 << 10) / Encoding.UTF8.GetByteCount(piece) * piece.Length - 100)
        {
            text.Append(piece);
        }

        for (var i = 0; i < 100; i++)
        {
            directory.Write($"boot/loader/entries/{i}.conf", text.ToString());
        }

        var clock = Stopwatch.StartNew();

        Assert.Equal(100, Read().Entries.Length);
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, Bound);
        Assert.InRange(Read().Warnings.Length, 0, 101);
    }

    [Fact]
    public void Default_globs_of_any_kind_end()
    {
        directory.Write("efi/loader/loader.conf", $"default {string.Concat(Enumerable.Repeat("*a", 500))}b\n");
        for (var i = 0; i < 200; i++)
        {
            directory.Write($"boot/loader/entries/{new string('a', 200)}{i}.conf", "title x\n");
        }

        var clock = Stopwatch.StartNew();

        Assert.Null(Read().FindDefault("x86_64"));
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, Bound);
    }

    [Fact]
    public void What_would_command_a_terminal_is_left_out_of_all_texts()
    {
        directory.Write("boot/k", "KERNEL");
        directory.Write(
            "boot/loader/entries/a.conf",
            "title \u001b[31mred\nversion 1\u0007\u009b2J\nlinux /k\noptions quiet\u001b]0;x\u0007 a\tb\n\u001bkey x\n"
        );
        directory.Write("boot/loader/entries/\u001b[2J.conf", "title x\n");
        directory.Write("boot/EFI/Linux/u.efi", ProgramBuilder.Unified("NAME=\"\u001b[0mn\"\n", "a \u001b[0m"));

        var list = Read();

        Assert.Equal(["[31mred", "[0mn"], list.Entries.Select(entry => entry.Title).OrderDescending());
        Assert.Equal("quiet]0;x a\tb", list.Entries.Single(entry => entry.Id == "a.conf").Options);
        Assert.Equal(2, list.Warnings.Length);
        Assert.All(list.Warnings, warning => Assert.DoesNotContain(warning, char.IsControl));
        Assert.All(
            list.Entries.SelectMany(entry => new[] { entry.Title, entry.Version, entry.Options }).OfType<string>(),
            text => Assert.DoesNotContain(text, c => char.IsControl(c) && c != '\t')
        );
    }

    [Fact]
    public void Files_that_are_none_are_not_opened()
    {
        directory.MakeDirectory("boot/loader/entries");
        Assert.Equal(0, Native.MakeFifo(directory.PathOf("boot/loader/entries/fifo.conf")));
        Assert.Equal(0, Native.MakeFifo(directory.PathOf("boot/k")));
        directory.Write("boot/loader/entries/a.conf", "linux /k\n");

        Assert.Contains("no regular file", Assert.Single(Read().Entries).Problem);
    }

    private static class Native
    {
        public static int MakeFifo(string path)
        {
            using var process = Process.Start("mkfifo", [path]);
            process.WaitForExit();
            return process.ExitCode;
        }
    }
}
