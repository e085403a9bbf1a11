using System.Text;
using CsCheck;
using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Systemd;
using VmSpawn.Engine.Tests.Fakes;
using Xunit;

namespace VmSpawn.Engine.Tests.Systemd;

public sealed class MachineServiceTests : IDisposable
{
    private readonly TemporaryDirectory files = new();

    private static readonly MachineService Service = new()
    {
        Name = "web",
        Manager = ServiceManager.System,
        Start = ["/usr/bin/pwsh", "-Command", "$x = '100%'; a \"b\""],
        WorkingDirectory = "/srv",
        RequiredFiles = ["/srv/my web.raw"],
        Devices = ["/dev/sdb"],
        WantedBy = "machines.target",
    };

    public void Dispose() => files.Dispose();

    [Fact]
    public void The_unit_of_the_system_is_as_the_manual_pages_one() =>
        Assert.Equal(
            """
            # Written by Register-VmSpawnService; Unregister-VmSpawnService removes it.

            [Unit]
            Description=Virtual Machine web
            After=network.target modprobe@tun.service
            Wants=modprobe@tun.service
            PartOf=machines.target
            Before=machines.target
            RequiresMountsFor="/srv/my web.raw"
            After=a.service

            [Service]
            Type=notify
            NotifyAccess=all
            WorkingDirectory=-/srv
            ExecStart="/usr/bin/pwsh" "-Command" "$$x = '100%%'; a \"b\""
            KillMode=mixed
            TimeoutStartSec=5min
            TimeoutStopSec=2min
            Slice=machine.slice
            DevicePolicy=closed
            DeviceAllow=/dev/net/tun rwm
            DeviceAllow=char-pts rw
            DeviceAllow=/dev/kvm rw
            DeviceAllow=/dev/vhost-vsock rw
            DeviceAllow=/dev/vhost-net rw
            DeviceAllow="/dev/sdb" rw
            MemoryMax=6G

            [Install]
            WantedBy=machines.target

            """,
            (
                Service with
                {
                    Properties = [UnitProperty.Parse("MemoryMax=6G"), UnitProperty.Parse("After=a.service")],
                }
            ).ToUnitFile()
        );

    [Fact]
    public void The_unit_of_a_user_asks_for_nothing_that_only_root_has()
    {
        var text = (Service with { Manager = ServiceManager.User, WantedBy = "default.target" }).ToUnitFile();

        Assert.DoesNotContain("Device", text);
        Assert.DoesNotContain("Slice=", text);
        Assert.DoesNotContain("machines.target", text);
        Assert.EndsWith("WantedBy=default.target\n", text);
    }

    [Fact]
    public void Any_text_comes_through_a_command_line_as_it_was() =>
        Gen.OneOf(
                Gen.String[0, 20],
                Gen.Char["ab '\"\\%$\n\t;#x0{}é"].Array[0, 20].Select(letters => new string(letters))
            )
            .Where(text => !text.Contains('\0'))
            .Sample(text => Read(UnitText.CommandWord(text)) == text);

    [Fact]
    public void A_service_is_written_listed_replaced_and_removed()
    {
        var store = Store();

        var written = store.Write(Service, replace: false, start: false);
        Assert.Equal(Path.Join(files.Root, "vmspawn-web.service"), written.Path);
        Assert.Equal(Service.ToUnitFile(), File.ReadAllText(written.Path));
        Assert.Equal(written, Assert.Single(store.List()));

        Assert.Equal(
            "ServiceExists",
            Assert.Throws<VmSpawnException>(() => store.Write(Service, replace: false, start: false)).ErrorId
        );
        store.Write(Service with { WorkingDirectory = "/other" }, replace: true, start: false);
        Assert.Contains("=-/other\n", File.ReadAllText(written.Path));

        store.Remove(written, stop: false);
        Assert.Empty(store.List());
        Assert.Empty(Directory.GetFiles(files.Root));
    }

    [Fact]
    public void What_somebody_else_wrote_is_neither_replaced_nor_listed_nor_removed()
    {
        var path = files.Write("vmspawn-web.service", "[Service]\nExecStart=/bin/true\n");
        var store = Store();

        var error = Assert.Throws<VmSpawnException>(() => store.Write(Service, replace: true, start: false));
        Assert.Equal("ServiceFileNotOurs", error.ErrorId);
        Assert.Empty(store.List());
        Assert.Throws<VmSpawnException>(() =>
            store.Remove(new ServiceState("web", "vmspawn-web.service", ServiceManager.System, path, null, null), false)
        );
        Assert.True(File.Exists(path));
    }

    [Fact]
    public void Starting_needs_systemd()
    {
        var error = Assert.Throws<HostRequirementException>(() => Store().Write(Service, replace: false, start: true));

        Assert.Equal("ServiceManagerNotUsable", error.ErrorId);
        Assert.Empty(Store().List());
    }

    private ServiceStore Store() => new(new FakeHost(), ServiceManager.System, files.Root);

    // What systemd makes of a quoted word (systemd.service(5), "Command lines").
    private static string Read(string quoted)
    {
        var bytes = new List<byte>();
        for (var i = 1; i < quoted.Length - 1; i++)
        {
            var letter = quoted[i];
            Assert.False(letter < ' ' || letter == '"');
            if (letter == '\\')
            {
                letter = quoted[++i];
                if (letter == 'x')
                {
                    bytes.Add(Convert.ToByte(quoted[(i + 1)..(i + 3)], 16));
                    i += 2;
                    continue;
                }

                letter = letter switch
                {
                    'n' => '\n',
                    'r' => '\r',
                    't' => '\t',
                    _ => letter,
                };
            }
            else if (letter is '%' or '$')
            {
                Assert.Equal(letter, quoted[++i]);
            }

            var length = char.IsHighSurrogate(letter) && i + 1 < quoted.Length - 1 ? 2 : 1;
            bytes.AddRange(Encoding.UTF8.GetBytes(length == 2 ? quoted.Substring(i, 2) : letter.ToString()));
            i += length - 1;
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }
}
