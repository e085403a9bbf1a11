using VmSpawn.Engine.Configuration;
using VmSpawn.PowerShell.Tests.Hosting;

namespace VmSpawn.PowerShell.Tests.Commands;

/// <summary>How credentials come to a start: by parameter, by alias, by pipeline, from a command line.</summary>
public sealed class CredentialParameterTests : IDisposable
{
    private readonly TestShell _shell = new();

    public void Dispose() => _shell.Dispose();

    [Theory]
    [InlineData("New-VmSpawnPlan -Image a.raw -Credential (New-VmCredential a -Value x)")]
    [InlineData("New-VmSpawnPlan -Image a.raw -SystemCredential (New-VmCredential a -Value x)")]
    [InlineData("New-VmCredential a -Value x | New-VmSpawnPlan -Image a.raw")]
    [InlineData("[pscustomobject]@{ Image = 'a.raw'; Credential = New-VmCredential a -Value x } | New-VmSpawnPlan")]
    [InlineData("[pscustomobject]@{ Image = 'a.raw'; SetCredential = 'a:x' } | New-VmSpawnPlan")]
    [InlineData("$p = ConvertFrom-VmSpawnArgument '-i a.raw --set-credential=a:x'; New-VmSpawnPlan @p")]
    public void It_reaches_the_plan(string script)
    {
        _shell.Run(script).Single<Plan>();

        Assert.Equal(["a"], Ids());
    }

    [Fact]
    public void Credentials_in_the_pipeline_are_for_one_machine_and_come_behind_those_that_were_typed()
    {
        _shell
            .Run(
                """
                'a', 'b', 'c' | ForEach-Object { New-VmCredential $_ -Value x } |
                    Start-VmSpawn -Image a.raw -Credential (New-VmCredential d -Value x) -SetCredential e:x
                """
            )
            .Single<VirtualMachine>();

        Assert.Equal(["d", "a", "b", "c", "e"], Ids());
        Assert.Equal(["start a"], _shell.Engine.Calls);
    }

    [Theory]
    [InlineData("(New-VmCredential a -Value x), [pscustomobject]@{ Image = 'a.raw' }")]
    [InlineData("[pscustomobject]@{ Image = 'a.raw' }, (New-VmCredential a -Value x)")]
    public void Credentials_and_descriptions_do_not_go_into_one_pipeline(string input)
    {
        var result = _shell.Run($"{input} | New-VmSpawnPlan");

        Assert.StartsWith("CredentialsAmongOtherInput,", Assert.Single(result.Errors).FullyQualifiedErrorId);
    }

    [Fact]
    public void Each_description_of_several_has_the_credentials_that_were_typed()
    {
        var plans = _shell.Run(
            "[pscustomobject]@{ Image = 'a.raw' }, [pscustomobject]@{ Image = 'b.raw' } | New-VmSpawnPlan -SetCredential a:x"
        );

        Assert.Equal(2, plans.Output.Count);
        Assert.Equal(["a"], Ids());
    }

    [Fact]
    public void A_command_line_takes_text_and_no_objects()
    {
        Assert.Equal(
            ["--set-credential=a:x", "--load-credential=b:./y"],
            _shell
                .Run("@{ SetCredential = 'a:x'; LoadCredential = 'b:./y' } | ConvertTo-VmSpawnArgument")
                .Output.Cast<string>()
                .Order()
                .Reverse()
        );
        var error = _shell
            .Run("@{ Credential = New-VmCredential a -Value hunter2 } | ConvertTo-VmSpawnArgument")
            .SingleError();
        Assert.StartsWith("ParameterWithoutOption,", error.FullyQualifiedErrorId);
        Assert.DoesNotContain("hunter2", $"{error} {error.Exception}");
    }

    private IEnumerable<string> Ids()
    {
        VmConfiguration configuration = _shell.Engine.Configuration!;
        return configuration.Credentials.Select(credential => credential.Id.Value);
    }
}
