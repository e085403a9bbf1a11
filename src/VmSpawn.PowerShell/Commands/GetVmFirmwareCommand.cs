using System.Management.Automation;
using VmSpawn.Completion;
using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Firmware;
using VmSpawn.Engine.Resolution;
using VmSpawn.Output;
using VmSpawn.Services;

namespace VmSpawn.Commands;

/// <summary>Gets the firmware that this host describes, and says which of it a VM would get.</summary>
[Cmdlet(VerbsCommon.Get, "VmFirmware")]
[OutputType(typeof(Firmware))]
public sealed class GetVmFirmwareCommand : VmSpawnCommand
{
    /// <summary>Paths or file names of descriptors, with wildcards; all if not given.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(FirmwarePathCompleter))]
    public string[] Path { get; set; } = ["*"];

    /// <summary>Only firmware with support for Secure Boot, or with <c>$false</c> only firmware without.</summary>
    [Parameter]
    public SwitchParameter SecureBoot { get; set; }

    /// <summary>Only firmware with all of these features.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(FirmwareFeatureCompleter))]
    public string[] Feature { get; set; } = [];

    /// <summary>Only firmware for guests of this architecture, and selected for such a guest.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ArchitectureCompleter))]
    public string? Architecture { get; set; }

    private Tristate WantedSecureBoot =>
        !MyInvocation.BoundParameters.ContainsKey(nameof(SecureBoot)) ? Tristate.Auto
        : SecureBoot ? Tristate.Yes
        : Tristate.No;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var secureBoot = WantedSecureBoot;
        if (
            !Bridge.TryRun(
                _ => Task.FromResult(Engine.ListFirmware(Architecture, secureBoot, Feature)),
                out var candidates
            )
        )
        {
            return;
        }

        foreach (var candidate in FirmwareSelection.ByPath(Bridge, candidates, Path))
        {
            if (IsWanted(candidate.Descriptor, secureBoot))
            {
                WriteObject(FirmwareFactory.Create(candidate));
            }
        }
    }

    // Without a filter a descriptor that cannot be read is listed, too, with the reason.
    private bool IsWanted(FirmwareDescriptor? descriptor, Tristate secureBoot) =>
        descriptor is null
            ? secureBoot is Tristate.Auto && Feature.Length == 0 && Architecture is null
            : (secureBoot is Tristate.Auto || descriptor.SecureBoot == (secureBoot is Tristate.Yes))
                && Feature.All(descriptor.Has)
                && (Architecture is null || IsFor(descriptor, GuestArchitecture.Find(Architecture)));

    private static bool IsFor(FirmwareDescriptor descriptor, GuestArchitecture? architecture) =>
        descriptor.Targets.Any(target => target.Architecture == architecture?.Name);
}
