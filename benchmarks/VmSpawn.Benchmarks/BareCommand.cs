using System.Management.Automation;

namespace VmSpawn.Benchmarks;

/// <summary>
/// Takes what <see cref="EveryFeature"/> gives to <c>New-VmSpawnPlan</c> and writes one object: what PowerShell itself
/// needs to bind so many parameters and run a pipeline.
/// </summary>
[Cmdlet(VerbsDiagnostic.Test, "Nothing")]
public sealed class BareCommand : PSCmdlet
{
    internal const string Name = "Test-Nothing";

    [Parameter]
    public string? Machine { get; set; }

    [Parameter]
    public string? Image { get; set; }

    [Parameter]
    public string? ImageFormat { get; set; }

    [Parameter]
    public string? ImageDiskType { get; set; }

    [Parameter]
    public string? GrowImage { get; set; }

    [Parameter]
    public string? DiscardDisk { get; set; }

    [Parameter]
    public string[]? ExtraDrive { get; set; }

    [Parameter]
    public string? Linux { get; set; }

    [Parameter]
    public string[]? Initrd { get; set; }

    [Parameter]
    public string[]? KernelArgument { get; set; }

    [Parameter]
    public string? Cpus { get; set; }

    [Parameter]
    public string? Ram { get; set; }

    [Parameter]
    public string? Kvm { get; set; }

    [Parameter]
    public string? Vsock { get; set; }

    [Parameter]
    public string? Tpm { get; set; }

    [Parameter]
    public string? TpmState { get; set; }

    [Parameter]
    public SwitchParameter NetworkUserMode { get; set; }

    [Parameter]
    public string[]? QemuArgument { get; set; }

    [Parameter]
    public string? Firmware { get; set; }

    [Parameter]
    public string? SecureBoot { get; set; }

    [Parameter]
    public string[]? FirmwareFeature { get; set; }

    [Parameter]
    public string? EfiNvramTemplate { get; set; }

    [Parameter]
    public string? EfiNvramState { get; set; }

    [Parameter]
    public string[]? Smbios11 { get; set; }

    [Parameter]
    public string? Uuid { get; set; }

    protected override void ProcessRecord() => WriteObject(Machine);
}
