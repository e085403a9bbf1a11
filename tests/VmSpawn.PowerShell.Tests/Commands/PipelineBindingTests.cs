using System.Management.Automation;
using System.Reflection;
using VmSpawn.Commands;
using VmSpawn.PowerShell.Tests.Fakes;
using VmSpawn.PowerShell.Tests.Hosting;

namespace VmSpawn.PowerShell.Tests.Commands;

/// <summary>What becomes of the objects that people pipe into the cmdlets which describe a VM.</summary>
public sealed class PipelineBindingTests : IDisposable
{
    private readonly TestShell _shell = new();
    private readonly TemporaryHost _host;

    public PipelineBindingTests()
    {
        _host = new TemporaryHost(_shell.Directory.FullName);
        _host.AddFirmware("40-enrolled.json", "x86_64", "pc-q35-*", "secure-boot", "enrolled-keys", "requires-smm");
        _shell.Engine.Firmware = _host.ListFirmware();
        _shell.Engine.Planning = _host.Plan;
        File.WriteAllText(Path.Join(_shell.Directory.FullName, "x.raw"), "content");
    }

    public void Dispose() => _shell.Dispose();

    [Fact]
    public void Each_firmware_gives_a_plan_of_its_own()
    {
        var result = _shell.Run("Get-VmFirmware | Where-Object SecureBoot | New-VmSpawnPlan -Image x.raw");

        Assert.Empty(result.Errors);
        Assert.Equal(
            ["40-enrolled.json.code", "50-secure.json.code"],
            result.Output.Cast<Plan>().Select(plan => Path.GetFileName(plan.Firmware))
        );
        Assert.All(result.Output.Cast<Plan>(), plan => Assert.Equal("x", plan.Name));
    }

    [Fact]
    public void Each_firmware_gives_a_start_of_its_own()
    {
        var result = _shell.Run("Get-VmFirmware | Where-Object SecureBoot | Start-VmSpawn -Image x.raw -WhatIf");

        Assert.Empty(result.Errors);
        Assert.Equal(2, _shell.Host.Text.Split("Start the VM 'x'").Length - 1);
        Assert.Contains("40-enrolled.json.code", _shell.Host.Text, StringComparison.Ordinal);
        Assert.Contains("50-secure.json.code", _shell.Host.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("60-plain.json.code", _shell.Host.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(_shell.Engine.Calls, call => call.StartsWith("start", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Get-VmSpawn web | Start-VmSpawn")]
    [InlineData("Get-VmSpawn web | Start-VmSpawn -Cpus 2 -WhatIf")]
    [InlineData("Get-VmSpawn web | New-VmSpawnPlan")]
    [InlineData(
        "$m = [Management.Automation.PSSerializer]; $m::Deserialize($m::Serialize((Get-VmSpawn web))) | Start-VmSpawn"
    )]
    public void A_vm_is_no_description_of_one(string script)
    {
        _shell.Engine.Add(Samples.Ended(Samples.Running("web"), 0));

        var error = _shell.Catch(script);

        Assert.StartsWith("NoDescription,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal("web", error.TargetObject);
        Assert.Contains("-Plan", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.DoesNotContain("start web", _shell.Engine.Calls);
    }

    [Theory]
    [InlineData("New-VmSpawnPlan -Image x.raw | New-VmSpawnPlan")]
    [InlineData(
        "$p = [Management.Automation.PSSerializer]; $p::Deserialize($p::Serialize((New-VmSpawnPlan -Image x.raw -Ephemeral))) | Start-VmSpawn"
    )]
    public void A_copy_of_a_plan_is_no_description(string script)
    {
        var error = _shell.Catch(script);

        Assert.StartsWith("NoDescription,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Empty(_shell.Engine.Calls);
    }

    [Fact]
    public void A_plan_starts_the_same_vm_again()
    {
        var result = _shell.Run("$plan = New-VmSpawnPlan -Image x.raw; $plan, $plan | Start-VmSpawn");

        Assert.Empty(result.Errors);
        Assert.Equal(["start x", "start x"], _shell.Engine.Calls);
    }

    // What a parameter takes from an object of ours without being told to: a new name on either side shows up here.
    [Theory]
    [InlineData(
        typeof(VirtualMachine),
        "Architecture Console Cpus Directory Firmware Image Initrd Kernel Memory Name RunDirectory"
    )]
    [InlineData(typeof(Firmware), "FirmwarePath")]
    [InlineData(typeof(Plan), "Architecture Cpus Directory Firmware Image Initrd Kernel Memory Name RunDirectory")]
    [InlineData(typeof(FileInfo), "Directory FullName Name")]
    [InlineData(typeof(DirectoryInfo), "FullName Name")]
    public void Properties_that_bind_are_known(Type type, string expected)
    {
        var parameters = typeof(StartVmSpawnCommand)
            .GetProperties()
            .Where(property =>
                property
                    .GetCustomAttributes<ParameterAttribute>()
                    .Any(attribute => attribute.ValueFromPipelineByPropertyName)
            )
            .SelectMany(property =>
                (IEnumerable<string>)[property.Name, .. property.GetCustomAttribute<AliasAttribute>()?.AliasNames ?? []]
            )
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        var names = type.GetProperties().Select(property => property.Name).ToList();
        if (type == typeof(Firmware))
        {
            names.Add("FirmwarePath"); // An alias that the module's type data adds.
        }

        Assert.Equal(expected, string.Join(' ', names.Where(parameters.Contains).Order(StringComparer.Ordinal)));
    }

    [Theory]
    [InlineData("x.raw", "x")]
    [InlineData("my_vm.raw", "myvm")]
    [InlineData("Debian 13.raw", "Debian13")]
    public void A_piped_file_names_its_vm_as_the_same_file_typed_does(string file, string name)
    {
        File.WriteAllText(Path.Join(_shell.Directory.FullName, file), "content");

        Assert.Equal(name, _shell.Run($"New-VmSpawnPlan -Image './{file}'").Single<Plan>().Name);
        Assert.Equal(name, _shell.Run($"[IO.FileInfo]::new(\"$PWD/{file}\") | New-VmSpawnPlan").Single<Plan>().Name);
    }

    [Fact]
    public void A_name_that_was_typed_counts_whatever_the_file_is_called()
    {
        var plan = _shell.Run("[IO.FileInfo]::new(\"$PWD/x.raw\") | New-VmSpawnPlan -Machine x.raw").Single<Plan>();

        Assert.Equal("x.raw", plan.Name);
    }
}
