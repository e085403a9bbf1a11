using VmSpawn.Engine.Errors;
using VmSpawn.PowerShell.Tests.Hosting;

namespace VmSpawn.PowerShell.Tests.Commands;

public sealed class NewVmSpawnPlanTests : IDisposable
{
    private readonly TestShell _shell = new();

    public void Dispose() => _shell.Dispose();

    [Fact]
    public void A_plan_says_what_would_be_done_and_does_nothing()
    {
        var result = _shell.Run("New-VmSpawnPlan -Image /srv/x.raw -Cpus 3 -Verbose");
        var plan = result.Single<Plan>();

        Assert.Equal("x", plan.Name);
        Assert.Equal(["/usr/bin/qemu-system-x86_64", "-nodefaults", "-smp", "3"], plan.QemuArgv);
        Assert.Equal("/usr/bin/qemu-system-x86_64 \\\n    -nodefaults \\\n    -smp 3", plan.ToShellString());
        Assert.Equal("accelerator", Assert.Single(plan.Decisions).Subject);
        Assert.Equal("app.token", Assert.Single(plan.Credentials).Id);
        Assert.Equal(["The moon is full."], result.Warnings);
        Assert.Contains("accelerator: tcg (KVM was not asked)", result.Verbose);
        Assert.Empty(_shell.Engine.Calls);
    }

    [Fact]
    public void Lists_in_a_plan_can_be_indexed() =>
        Assert.Equal(
            ["/usr/bin/qemu-system-x86_64", "1", "accelerator"],
            _shell
                .Run("$p = New-VmSpawnPlan -Image /x.raw; $p.QemuArgv[0], $p.QemuArgv[-1], $p.Decisions[0].Subject")
                .Output
        );

    [Fact]
    public void Secrets_cannot_be_seen_in_a_plan()
    {
        var shown = _shell.Run(
            """
            $plan = New-VmSpawnPlan -Image /srv/x.raw
            [Management.Automation.PSSerializer]::Serialize($plan, 9)
            """
        );

        Assert.Empty(shown.Errors);
        var text = Assert.IsType<string>(Assert.Single(shown.Output));
        Assert.Contains("/run/vmspawn/x/secret", text, StringComparison.Ordinal);
        Assert.Contains("app.token", text, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", text, StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToBase64String("s3cret"u8), text, StringComparison.Ordinal);
        Assert.DoesNotContain("<By>115</By>", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Objects_with_the_parameters_names_bind_by_pipeline()
    {
        var result = _shell.Run(
            """
            'Name,Image,Cpus,Memory', 'a,/srv/a.raw,2,1G', 'b,/srv/b.raw,4,512M' |
                ForEach-Object { , ($_ -split ',') } |
                ForEach-Object { [pscustomobject]@{ Name = $_[0]; Image = $_[1]; Cpus = $_[2]; Memory = $_[3] } } |
                Where-Object Name -ne Name |
                New-VmSpawnPlan
            """
        );

        Assert.Empty(result.Errors);
        Assert.Equal(["a", "b"], result.Output.Cast<Plan>().Select(plan => plan.Name));
        Assert.Equal(512UL << 20, _shell.Engine.Configuration!.Ram.Initial.Bytes);
    }

    [Fact]
    public void What_the_host_lacks_is_an_error_with_its_remedy()
    {
        _shell.Engine.Planning = _ =>
            throw new HostRequirementException("QemuNotFound", "qemu-system-x86_64", "QEMU is missing.", "Install it.");

        var error = _shell.Run("New-VmSpawnPlan -Image /srv/x.raw").SingleError();

        Assert.Equal("QemuNotFound,VmSpawn.Commands.NewVmSpawnPlanCommand", error.FullyQualifiedErrorId);
        Assert.Equal(System.Management.Automation.ErrorCategory.NotInstalled, error.CategoryInfo.Category);
        Assert.Equal("qemu-system-x86_64", error.TargetObject);
        Assert.Equal("Install it.", error.ErrorDetails.RecommendedAction);
    }
}
