using System.Management.Automation;
using VmSpawn.PowerShell.Tests.Fakes;
using VmSpawn.PowerShell.Tests.Hosting;

namespace VmSpawn.PowerShell.Tests.Commands;

/// <summary>Keys as objects, and the words by which <c>ssh</c> finds a VM.</summary>
public sealed class SshKeyTests : IDisposable
{
    private readonly TestShell _shell = new();

    public SshKeyTests() =>
        _shell.Engine.Add(
            Samples.Reachable("web1"),
            Samples.Reachable("web2"),
            Samples.Running("closed"),
            Samples.Ended(Samples.Reachable("old"), 0)
        );

    public void Dispose() => _shell.Dispose();

    [Fact]
    public void A_key_goes_with_the_process_unless_it_has_a_path()
    {
        var key = _shell.Run("New-VmSshKey").Single<SshKey>();
        _shell.Run("New-VmSshKey ./kept -Type rsa -Bits 4096 -Comment 'of me'");

        Assert.Equal("ed25519", key.Type);
        Assert.Equal(key.Path, key.ToString());
        Assert.Equal(
            ["key ed25519   'VmSpawn'", $"key rsa 4096 {_shell.Directory.FullName}/kept 'of me'"],
            _shell.Engine.Calls
        );
    }

    [Fact]
    public void What_if_makes_no_key()
    {
        var result = _shell.Run("New-VmSshKey ./kept -WhatIf");

        Assert.Empty(result.Output);
        Assert.Empty(_shell.Engine.Calls);
        Assert.Contains("kept", _shell.Host.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("New-VmSshKey -Type \"a'b\"", "InvalidSshKeyType", "a'b")]
    [InlineData("New-VmSshKey -Bits 3", "InvalidBits", "3")]
    [InlineData("New-VmSshKey -Type ecdsa -Bits 300", "InvalidBits", "300")]
    [InlineData("New-VmSshKey -Comment \"a`nb\"", "InvalidComment", "a\nb")]
    [InlineData("New-VmSshKey Env:/PATH", "InvalidPath", "Env:/PATH")]
    public void A_bad_value_is_named(string command, string errorId, string target)
    {
        var error = _shell.Catch(command);

        Assert.Equal($"{errorId},VmSpawn.Commands.NewVmSshKeyCommand", error.FullyQualifiedErrorId);
        Assert.Equal(ErrorCategory.InvalidArgument, error.CategoryInfo.Category);
        Assert.Equal(target, error.TargetObject);
        Assert.Empty(_shell.Engine.Calls);
    }

    [Fact]
    public void The_keys_of_machines_and_files_are_read()
    {
        Assert.Equal(
            ["/run/vmspawn/web1/ssh-key", "/run/vmspawn/web2/ssh-key"],
            _shell.Run("Get-VmSshKey").Output.Cast<SshKey>().Select(key => key.Path)
        );
        Assert.Equal("/run/vmspawn/web2/ssh-key", _shell.Run("Get-VmSpawn web2 | Get-VmSshKey").Single<SshKey>().Path);
        Assert.Equal("/a/key", _shell.Run("Get-VmSshKey -Path /a/key").Single<SshKey>().Path);
    }

    [Theory]
    [InlineData("Get-VmSshKey closed", "MachineHasNoSshKey", "closed")]
    [InlineData("Get-VmSpawnSshConfig closed", "MachineHasNoSshKey", "closed")]
    [InlineData("Get-VmSshKey old", "MachineEnded", "old")]
    [InlineData("Get-VmSpawnSshConfig none", "MachineNotFound", "none")]
    public void A_machine_that_was_named_and_cannot_be_reached_is_an_error(
        string command,
        string errorId,
        string target
    )
    {
        var error = Assert.Single(_shell.Run(command).Errors);

        Assert.StartsWith($"{errorId},", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(ErrorCategory.ObjectNotFound, error.CategoryInfo.Category);
        Assert.Equal(target, error.TargetObject);
    }

    [Fact]
    public void A_block_for_each_machine_that_can_be_reached_is_text()
    {
        var blocks = _shell.Run("Get-VmSpawnSshConfig").Output.Cast<string>().ToList();

        Assert.Equal(2, blocks.Count);
        Assert.StartsWith("Host web1\n    User root\n", blocks[0], StringComparison.Ordinal);
        Assert.EndsWith("\n    ProxyCommand none", blocks[1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_machine_says_how_it_is_reached_while_it_lives()
    {
        var machine = _shell.Run("Get-VmSpawn web1").Single<VirtualMachine>();
        var ended = _shell.Run("Get-VmSpawn old").Single<VirtualMachine>();

        Assert.Equal(("127.0.0.1:40022", "/run/vmspawn/web1/ssh-key"), (machine.SshAddress, machine.SshKeyPath));
        Assert.Equal((null, null), (ended.SshAddress, ended.SshKeyPath));
    }

    [Fact]
    public void A_start_takes_keys_as_objects_files_and_texts()
    {
        foreach (
            var value in (string[])
                [
                    "(Get-VmSshKey -Path /a/key)",
                    "([pscustomobject]@{ Path = '/a/key' })",
                    "([IO.FileInfo]'/a/key')",
                    "/a/key",
                ]
        )
        {
            _shell.Run($"New-VmSpawnPlan -Image /srv/a.raw -SshKey {value}");

            Assert.Equal("/a/key", _shell.Engine.Configuration!.SshKey?.Value);
        }
    }
}
