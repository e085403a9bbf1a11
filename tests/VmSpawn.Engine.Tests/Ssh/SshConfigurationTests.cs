using System.Diagnostics;
using VmSpawn.Engine.Host;
using VmSpawn.Engine.Planning;
using VmSpawn.Engine.Ssh;
using Xunit;

namespace VmSpawn.Engine.Tests.Ssh;

/// <summary>The <c>Host</c> block, as the real <c>ssh</c> reads it.</summary>
public sealed class SshConfigurationTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void A_port_of_this_host_is_reached_without_asking_anything()
    {
        Assert.Equal(
            """
            Host web1
                User root
                IdentityFile /run/vmspawn/web1/ssh-key
                IdentitiesOnly yes
                StrictHostKeyChecking no
                UserKnownHostsFile /dev/null
                GlobalKnownHostsFile /dev/null
                LogLevel ERROR
                HostName 127.0.0.1
                Port 40022
                ProxyCommand none

            """,
            SshConfiguration.Write("web1", new PlannedSsh("/run/vmspawn/web1/ssh-key") { Port = 40022 }, "/monitor")
        );
    }

    [Theory]
    [InlineData("/run/vmspawn/vm/ssh-key", "/usr/lib/vmspawn-monitor", "/run/vmspawn/vm/vsock")]
    [InlineData("/home/a b/it's \"my\" 100% key", "/opt/a b/it's 100%h/vmspawn-monitor", "/run/a b'c\"/%n/vsock")]
    public void Ssh_reads_what_was_meant(string key, string monitor, string socket)
    {
        Assert.SkipWhen(new LinuxHost().FindExecutable("ssh") is null, "ssh is not installed.");

        var tcp = Read(new PlannedSsh(key) { Port = 40022 }, monitor);
        Assert.Equal(["root", "127.0.0.1", "40022"], [tcp["user"], tcp["hostname"], tcp["port"]]);
        Assert.Equal(key.Replace("%", "%%", StringComparison.Ordinal), tcp["identityfile"]);
        Assert.Equal(
            ["yes", "false", "/dev/null"],
            [tcp["identitiesonly"], tcp["stricthostkeychecking"], tcp["userknownhostsfile"]]
        );
        Assert.DoesNotContain("proxycommand", tcp.Keys);

        var kernel = Read(new PlannedSsh(key) { VsockCid = 4242 }, monitor);
        Assert.Equal([monitor, "proxy", "vsock", "4242", "22"], WordsOf(kernel["proxycommand"]));
        var daemon = Read(new PlannedSsh(key) { VsockSocket = socket }, monitor);
        Assert.Equal([monitor, "proxy", "vsock-mux", socket, "22"], WordsOf(daemon["proxycommand"]));
    }

    [Fact]
    public void Powering_off_asks_no_questions_and_takes_nothing_from_the_user()
    {
        var words = new SshClientCommand(new PlannedSsh("/k e y") { Port = 7 }, "/monitor").PowerOff(
            "/usr/bin/ssh",
            "vm",
            5
        );

        Assert.Equal(["/usr/bin/ssh", "-F", "none"], words[..3]);
        Assert.Contains("BatchMode=yes", words);
        Assert.Contains("ConnectTimeout=5", words);
        Assert.Contains("IdentityFile=\"/k e y\"", words);
        Assert.Equal(["--", "vm", "systemctl --no-block --no-wall poweroff || poweroff"], words[^3..]);
    }

    // What ssh would use, by its own account; it connects to nobody.
    private Dictionary<string, string> Read(PlannedSsh ssh, string monitor)
    {
        var file = _directory.Write("config", SshConfiguration.Write("vm", ssh, monitor));
        using var process = Process.Start(
            new ProcessStartInfo("ssh", ["-G", "-F", file, "vm"])
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
            }
        )!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return output
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(' ', 2))
            .GroupBy(words => words[0])
            .ToDictionary(words => words.Key, words => words.First().ElementAtOrDefault(1) ?? "");
    }

    // As ssh has a shell run it, behind an 'exec' of its own, with its own marks replaced.
    private static string[] WordsOf(string command)
    {
        using var process = Process.Start(
            new ProcessStartInfo(
                "/bin/sh",
                ["-c", $"printf '%s\\n' {command.Replace("%%", "%", StringComparison.Ordinal)}"]
            )
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
            }
        )!;
        return process.StandardOutput.ReadToEnd().TrimEnd('\n').Split('\n');
    }
}
