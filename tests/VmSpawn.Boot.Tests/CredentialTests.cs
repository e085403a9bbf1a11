using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace VmSpawn.Boot.Tests;

/// <summary>Credentials arrive in real guests byte for byte, and are seen nowhere else.</summary>
[Trait("Boot", "credentials")]
public sealed class CredentialTests(TinyGuest guest, SystemdGuest systemd) : IAsyncLifetime, IClassFixture<SystemdGuest>
{
    private const int All = 1 << 20;

    // What the guest has of each credential; then it ends.
    private const string Report = """
        cd /run/credentials/@system
        for f in *; do echo "arrived $f $(stat -c %s "$f") $(sha256sum <"$f" | cut -c 1-64)"; done
        systemctl poweroff
        """;

    private readonly Scene _scene = new(guest);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task Every_kind_of_source_arrives_in_systemd_byte_for_byte()
    {
        var binary = RandomNumberGenerator.GetBytes(3000);
        var (file, fifo, socket) = (At("file"), At("fifo"), At("socket"));
        File.WriteAllBytes(file, binary);
        await HostProgram.RunAsync("mkfifo", fifo);
        Directory.CreateDirectory(At("passed"));
        File.WriteAllText(At("passed/token"), "passed to this process\n");
        Environment.SetEnvironmentVariable("CREDENTIALS_DIRECTORY", At("passed"));
        var writer = Task.Run(() => File.WriteAllBytes(fifo, [.. binary, 1]), _scene.Limit);
        var server = ServeAsync(socket, [.. binary, 2]);
        var sent = new Dictionary<string, byte[]>
        {
            ["test.value"] = "a value"u8.ToArray(),
            ["test.empty"] = [],
            ["test.escaped"] = [0, 1, 0xff, 0xc3, 0xa9, (byte)'\n', (byte)'"', (byte)'\\'],
            ["test space, and comma"] = "x"u8.ToArray(),
            ["test.file"] = binary,
            ["test.fifo"] = [.. binary, 1],
            ["test.socket"] = [.. binary, 2],
            ["test.passed"] = "passed to this process\n"u8.ToArray(),
            ["vmspawn.script"] = Encoding.UTF8.GetBytes(Report),
        };
        // All that is left, but for what comes by itself where there is VSOCK.
        var big = RandomNumberGenerator.GetBytes(All - 4096 - sent.Values.Sum(content => content.Length));
        sent["test.big"] = big;
        var configuration = systemd.Boot("credentials") with
        {
            Credentials =
            [
                CredentialSpec.ParseSet("test.value:a value"),
                CredentialSpec.ParseSet("test.empty:"),
                CredentialSpec.ParseSet("""test.escaped:\x00\001\377\u00e9\n\"\\"""),
                CredentialSpec.ParseSet("test space, and comma:x"),
                CredentialSpec.ParseLoad("test.file:./file", _scene.Files),
                CredentialSpec.ParseLoad($"test.fifo:{fifo}", "/"),
                CredentialSpec.ParseLoad($"test.socket:{socket}", "/"),
                CredentialSpec.ParseLoad("test.passed:token", "/"),
                CredentialSpec.FromBytes(CredentialId.Parse("test.big"), [.. big]),
                CredentialSpec.FromBytes(CredentialId.Parse("vmspawn.script"), [.. sent["vmspawn.script"]]),
            ],
        };

        LaunchPlan plan;
        try
        {
            plan = _scene.Plan(configuration);
        }
        finally
        {
            Environment.SetEnvironmentVariable("CREDENTIALS_DIRECTORY", null);
        }

        await Task.WhenAll(writer, server);
        var machine = await _scene.StartAsync(plan);
        var ended = await _scene.Control.WaitAsync(
            machine.Name,
            WaitCondition.Exit,
            SystemdGuest.TimeToBoot,
            _scene.Limit
        );

        var console = _scene.ConsoleOf(ended);
        Assert.All(
            sent,
            credential =>
                Assert.Contains(
                    $"arrived {credential.Key} {credential.Value.Length} {Convert.ToHexStringLower(SHA256.HashData(credential.Value))}",
                    console
                )
        );
    }

    [Fact]
    public async Task A_mebibyte_arrives()
    {
        var content = RandomNumberGenerator.GetBytes(All);
        var configuration = _scene.KernelBoot("vmspawn.poweroff") with
        {
            Credentials = [CredentialSpec.FromBytes(CredentialId.Parse("big"), [.. content])],
        };

        var ended = await _scene.WaitForExitAsync(await _scene.StartAsync(configuration));

        Assert.Contains(
            $"credential big bytes={All} sha256={Convert.ToHexStringLower(SHA256.HashData(content))}",
            _scene.ConsoleOf(ended)
        );
    }

    [Fact]
    public async Task More_than_qemu_has_places_for_arrive()
    {
        var configuration = _scene.KernelBoot("vmspawn.poweroff") with
        {
            Credentials =
            [
                .. Enumerable
                    .Range(0, 300)
                    .Select(i =>
                        CredentialSpec.FromBytes(CredentialId.Parse($"c{i}"), [.. RandomNumberGenerator.GetBytes(300)])
                    ),
            ],
        };

        var ended = await _scene.WaitForExitAsync(await _scene.StartAsync(configuration));

        var console = _scene.ConsoleOf(ended);
        Assert.All(
            configuration.Credentials,
            credential =>
                Assert.Contains(
                    $"credential {credential.Id} bytes=300 sha256={Convert.ToHexStringLower(SHA256.HashData(credential.Content!.Value.AsSpan()))}",
                    console
                )
        );
    }

    [Fact]
    public async Task A_secret_is_in_its_own_file_and_nowhere_else()
    {
        var canary = Convert.ToHexString(RandomNumberGenerator.GetBytes(24));
        string[] forms = [canary, Convert.ToBase64String(Encoding.ASCII.GetBytes(canary))];
        // One in the tables, one through the firmware configuration.
        var configuration = _scene.KernelBoot("vmspawn.deaf") with
        {
            Credentials =
            [
                CredentialSpec.ParseSet($"small:{canary}"),
                CredentialSpec.ParseSet($"large:{canary}{new string('x', 60_000)}"),
            ],
        };

        var plan = _scene.Plan(configuration);
        var machine = await _scene.StartAsync(plan);
        await _scene.ConsoleSaysAsync(machine, "vmspawn-guest: ready");

        Assert.DoesNotContain(forms, form => plan.ToText().Contains(form) || plan.ToShellString().Contains(form));
        var processes = _scene.Processes();
        Assert.True(processes.Count >= 2, "There are a supervisor and QEMU.");
        Assert.All(
            processes,
            process =>
                Assert.All(
                    (string[])["cmdline", "environ"],
                    name => Assert.DoesNotContain(forms, form => Contains($"/proc/{process.Id}/{name}", form))
                )
        );
        // What comes by itself is no secret.
        var secrets = plan
            .Credentials.Where(credential => credential.Id is "small" or "large")
            .Select(credential => credential.Path)
            .ToHashSet();
        Assert.All(
            secrets,
            path =>
            {
                Assert.Contains(forms, form => Contains(path, form));
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
            }
        );
        Assert.All(
            FilesBelow(_scene.Root).Where(path => !secrets.Contains(path)),
            path => Assert.DoesNotContain(forms, form => Contains(path, form))
        );

        await _scene.StopAsync(machine, new StopRequest { TurnOff = true });
        Assert.All(secrets, path => Assert.False(File.Exists(path), $"{path} is still there."));
        Assert.All(FilesBelow(_scene.Root), path => Assert.DoesNotContain(forms, form => Contains(path, form)));
    }

    [Fact]
    public async Task A_failed_start_leaves_no_secret_and_does_not_say_it()
    {
        var canary = Convert.ToHexString(RandomNumberGenerator.GetBytes(24));
        var configuration = _scene.KernelBoot() with
        {
            Credentials = [CredentialSpec.ParseSet($"small:{canary}")],
            QemuArguments = ["-device", "no-such-device"],
        };

        var error = await Assert.ThrowsAsync<StartFailedException>(() => _scene.StartAsync(configuration));

        Assert.DoesNotContain(canary, $"{error} {error.Output}");
        Assert.All(FilesBelow(_scene.Root), path => Assert.False(Contains(path, canary), path));
        await _scene.NothingIsLeftAsync();
    }

    private static IEnumerable<string> FilesBelow(string directory) =>
        Directory
            .EnumerateFiles(
                directory,
                "*",
                new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None }
            )
            // Nothing is kept in a socket, nor in the empty file whose lock is the name's; .NET cannot open that one.
            .Where(path => !path.EndsWith(".sock", StringComparison.Ordinal) && new FileInfo(path).Length > 0);

    private static bool Contains(string path, string text) =>
        File.ReadAllBytes(path).AsSpan().IndexOf(Encoding.ASCII.GetBytes(text)) >= 0;

    private string At(string name) => Path.Join(_scene.Files, name);

    private async Task ServeAsync(string path, byte[] content)
    {
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(path));
        listener.Listen();
        using var peer = await listener.AcceptAsync(_scene.Limit);
        await peer.SendAsync(content, _scene.Limit);
    }
}
