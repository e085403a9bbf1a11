using VmSpawn.Services;

namespace VmSpawn.PowerShell.Tests.Services;

public sealed class MountFailureWatchTests
{
    [Theory]
    [InlineData("[FAILED] Failed to mount mnt-in.mount - /mnt/in.", "/mnt/in")]
    [InlineData(
        "[\u001b[0;1;31mFAILED\u001b[0m] Failed to mount \u001b[0;1;39mmnt-in.mount\u001b[0m - /mnt/in.",
        "/mnt/in"
    )]
    [InlineData("[FAILED] Failed to mount /mnt/in.", "/mnt/in")]
    [InlineData("vmspawn: cannot mount mnt1 on /mnt/with space", "/mnt/with space")]
    public void A_failed_mount_is_found(string line, string expected) =>
        Assert.Equal(
            $"The guest reports that it could not mount {expected}.",
            Assert.Single(new MountFailureWatch().Read($"before\r\n{line}\r\nafter"))
        );

    [Theory]
    [InlineData("[  OK  ] Mounted mnt-in.mount - /mnt/in.")]
    [InlineData("[FAILED] Failed to start x.service.")]
    [InlineData("echo vmspawn: cannot mount mnt1 on /mnt")]
    public void Other_lines_are_none(string line) => Assert.Empty(new MountFailureWatch().Read($"{line}\n"));

    [Fact]
    public void A_line_may_come_in_pieces_and_again()
    {
        var watch = new MountFailureWatch();
        var found = "vmspawn: cannot mount m on /a\nvmspawn: cannot mount m on /a\n".SelectMany(c =>
            watch.Read($"{c}").ToList()
        );

        Assert.Single(found);
    }

    [Fact]
    public void A_talkative_guest_is_cut_short()
    {
        var watch = new MountFailureWatch();
        var lines = string.Concat(Enumerable.Range(0, 1000).Select(i => $"vmspawn: cannot mount m on /a{i}\n"));

        Assert.Equal(16, watch.Read(new string('x', 1_000_000) + "\n" + lines).Count());
    }
}
