using System.Net.Sockets;
using System.Text;
using VmSpawn.PowerShell.Tests.Hosting;

namespace VmSpawn.PowerShell.Tests.Commands;

public sealed class NewVmCredentialTests : IDisposable
{
    private const string Canary = "hunter2-canary";
    private const string Secure =
        "$s = [securestring]::new(); '" + Canary + "'.ToCharArray() | ForEach-Object { $s.AppendChar($_) }; ";

    private readonly TestShell _shell = new();

    private string Root => _shell.Directory.FullName;

    public void Dispose() => _shell.Dispose();

    [Theory]
    [InlineData("a -Value 'x y'", "a", "x y")]
    [InlineData("a 'ü'", "a", "ü")]
    [InlineData("a -Value ''", "a", "")]
    [InlineData(@"a 'x\n'", "a", @"x\n")]
    [InlineData(@"a 'x\n\x41' -Escaped", "a", "x\nA")]
    [InlineData("a -Bytes 65, 66", "a", "AB")]
    [InlineData("a -Bytes ([Text.Encoding]::ASCII.GetBytes('AB'))", "a", "AB")]
    [InlineData("a -Bytes @()", "a", "")]
    [InlineData("-Hostname web1", "system.hostname", "web1")]
    [InlineData("-Timezone Europe/Berlin", "firstboot.timezone", "Europe/Berlin")]
    [InlineData("-Locale de_DE.UTF-8", "firstboot.locale", "de_DE.UTF-8")]
    public void A_value_becomes_its_bytes(string arguments, string id, string text)
    {
        var credential = Make(arguments);

        Assert.Equal((id, text), (credential.Id, Text(credential)));
        Assert.Equal(Encoding.UTF8.GetByteCount(text), credential.Size);
    }

    [Fact]
    public void Bytes_that_are_no_text_stay_as_they_are() =>
        Assert.Equal(
            Enumerable.Range(0, 256).Select(value => (byte)value),
            Make("a -Bytes ([byte[]](0..255))").Source.Content!.Value
        );

    [Fact]
    public void A_file_gives_its_bytes_and_its_name()
    {
        File.WriteAllBytes(Path.Join(Root, "app.token"), [0, 255, 10]);

        var credential = Make("-Path ./app.token");

        Assert.Equal("app.token", credential.Id);
        Assert.Equal(Path.Join(Root, "app.token"), credential.Origin);
        Assert.Equal([0, 255, 10], credential.Source.Content!.Value);
        Assert.Equal("other", Make("other -Path ./app.token").Id);
    }

    [Fact]
    public void Files_come_by_pipeline()
    {
        File.WriteAllText(Path.Join(Root, "a"), "1");
        File.WriteAllText(Path.Join(Root, "b"), "2");

        var made = _shell.Run($"([IO.DirectoryInfo]'{Root}').GetFiles() | New-VmCredential").Output.Cast<Credential>();

        Assert.Equal(["a=1", "b=2"], made.Select(item => $"{item.Id}={Text(item)}").Order());
    }

    [Fact]
    public async Task A_socket_gives_what_it_sends()
    {
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(Path.Join(Root, "sock")));
        listener.Listen();
        var server = Task.Run(
            async () =>
            {
                using var peer = await listener.AcceptAsync(TestContext.Current.CancellationToken);
                await peer.SendAsync("from socket"u8.ToArray(), TestContext.Current.CancellationToken);
            },
            TestContext.Current.CancellationToken
        );

        Assert.Equal("from socket", Text(Make("foo -Path ./sock")));
        await server;
    }

    [Fact]
    public async Task Waiting_for_a_fifo_ends_with_the_pipeline()
    {
        using (var maker = System.Diagnostics.Process.Start("mkfifo", Path.Join(Root, "fifo")))
        {
            await maker.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        using var shell = _shell.Create("New-VmCredential a -Path ./fifo");
        var run = shell.BeginInvoke();
        await Task.Delay(500, TestContext.Current.CancellationToken);
        Assert.False(run.IsCompleted);

        var clock = System.Diagnostics.Stopwatch.StartNew();
        shell.Stop();
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(5), $"It took {clock.Elapsed}.");
    }

    [Fact]
    public void A_secure_string_gives_its_text()
    {
        var credential = _shell.Run(Secure + "New-VmCredential a -SecureValue $s").Single<Credential>();

        Assert.Equal(Canary, Text(credential));
    }

    [Theory]
    [InlineData("$s")]
    [InlineData("([pscredential]::new('root', $s))")]
    public void Roots_password_arrives_as_a_hash(string password)
    {
        var credential = _shell.Run($"{Secure}New-VmCredential -RootPassword {password}").Single<Credential>();

        Assert.Equal("passwd.hashed-password.root", credential.Id);
        Assert.Matches(@"^\$(y|6)\$", Text(credential));
        Assert.DoesNotContain(Canary, Text(credential));
    }

    [Fact]
    public void Files_of_the_network_and_units_have_names_of_their_own()
    {
        File.WriteAllText(Path.Join(Root, "50-lan.network"), "[Match]\nName=*\n");
        File.WriteAllText(Path.Join(Root, "hello.service"), "[Service]\n");

        Assert.Equal("network.network.50-lan", Make("-NetworkFile 50-lan.network").Id);
        var unit = Make("-ExtraUnit ./hello.service");
        Assert.Equal(("systemd.extra-unit.hello.service", "[Service]\n"), (unit.Id, Text(unit)));
    }

    [Theory]
    [InlineData("a/b -Value x", "InvalidId", "a/b")]
    [InlineData(@"a -Value 'hunter2-canary\x' -Escaped", "InvalidValue", "a")]
    [InlineData("a -Bytes 'hunter2-canary'", "InvalidBytes", "System.String")]
    [InlineData("a -Bytes 1, 256", "InvalidBytes", "System.Object[]")]
    [InlineData("a -SecureValue 'hunter2-canary'", "InvalidSecureValue", "System.String")]
    [InlineData("-RootPassword 'hunter2-canary'", "InvalidRootPassword", "System.String")]
    [InlineData("-RootPassword ([pscredential]::new('bob', [securestring]::new()))", "RootPasswordOfOther", "bob")]
    [InlineData("-RootPassword ([securestring]::new())", "InvalidRootPassword", "...")]
    [InlineData("-SshAuthorizedKey 'hunter2-canary'", "InvalidSshAuthorizedKey", "line 1")]
    [InlineData("-Hostname a_b", "InvalidHostname", "a_b")]
    [InlineData("-Timezone /x", "InvalidTimezone", "/x")]
    [InlineData("-Locale 'a b'", "InvalidLocale", "a b")]
    [InlineData("-Path ./nope", "CredentialNotReadable", "nope")]
    [InlineData("-Path Env:/PATH", "InvalidPath", "Env:/PATH")]
    [InlineData("-NetworkFile ./a.txt", "InvalidNetworkFile", null)]
    [InlineData("-NetworkFile ./a.network", "CredentialNotReadable", "network.network.a")]
    [InlineData("-ExtraUnit ./a.txt", "InvalidExtraUnit", null)]
    [InlineData("a -Bytes ([byte[]]::new(1MB + 1))", "CredentialTooLarge", "a")]
    public void A_bad_value_is_an_error_that_does_not_show_it(string arguments, string errorId, string? target)
    {
        var error = _shell.Run($"New-VmCredential {arguments}").SingleError();

        Assert.Equal($"{errorId},VmSpawn.Commands.NewVmCredentialCommand", error.FullyQualifiedErrorId);
        Assert.True(target is null || target.Equals(error.TargetObject), $"The target is {error.TargetObject}.");
        Assert.NotEqual("", error.ErrorDetails.RecommendedAction);
        Assert.DoesNotContain(
            "canary",
            $"{error} {error.Exception} {error.ErrorDetails.RecommendedAction} {error.TargetObject}"
        );
    }

    [Fact]
    public void Nothing_that_PowerShell_shows_has_the_value()
    {
        var shown = _shell.Run(
            $$"""
            $c = New-VmCredential a -Value '{{Canary}}'
            "$c"
            $c.PSObject.Properties | ForEach-Object { "$($_.Name)=$($_.Value)" }
            [System.Management.Automation.PSSerializer]::Serialize($c, 5)
            """
        );

        Assert.Empty(shown.Errors);
        Assert.Equal(["a", "Id=a", $"Size={Canary.Length}", "Origin=Value"], shown.Output.Take(4));
        Assert.DoesNotContain(Canary, string.Join('\n', shown.Output));
    }

    [Fact]
    public void A_copy_without_its_value_is_refused()
    {
        var error = _shell.Catch(
            """
            $copy = [System.Management.Automation.PSSerializer]::Deserialize(
                [System.Management.Automation.PSSerializer]::Serialize((New-VmCredential a -Value b)))
            New-VmSpawnPlan -Image a.raw -Credential $copy
            """
        );

        Assert.StartsWith("CredentialWithoutValue,", error.FullyQualifiedErrorId);
        Assert.Equal("a", error.TargetObject);
    }

    private static string Text(Credential credential) =>
        Encoding.UTF8.GetString(credential.Source.Content!.Value.AsSpan());

    private Credential Make(string arguments) => _shell.Run($"New-VmCredential {arguments}").Single<Credential>();
}
