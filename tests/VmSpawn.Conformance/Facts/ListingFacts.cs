using System.Text.Json.Nodes;
using VmSpawn.Engine.Arguments;
using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Firmware;
using VmSpawn.Engine.Host;
using VmSpawn.Engine.Resolution;

namespace VmSpawn.Conformance.Facts;

/// <summary>The facts of a command line that lists or describes firmware instead of starting a VM.</summary>
internal static class ListingFacts
{
    public static JsonObject Of(ParsedCommandLine commandLine, IHost host, string workingDirectory)
    {
        var catalog = new FirmwareCatalog(host);
        return commandLine.Action switch
        {
            CommandLineAction.ListFirmware => new JsonObject { ["firmwareList"] = PlanFacts.Words(catalog.List()) },
            CommandLineAction.ListFirmwareFeatures => new JsonObject
            {
                ["firmwareFeatureList"] = PlanFacts.Words(catalog.ListFeatures()),
            },
            CommandLineAction.DescribeFirmware => new JsonObject
            {
                ["describedFirmware"] = Describe(
                    catalog,
                    CommandLineConfiguration.Create(commandLine, workingDirectory),
                    GuestArchitecture.Find(host.Architecture)!
                ),
            },
            _ => [],
        };
    }

    private static JsonObject Describe(
        FirmwareCatalog catalog,
        VmConfiguration configuration,
        GuestArchitecture architecture
    )
    {
        var query = new FirmwareQuery
        {
            Architecture = architecture.Name,
            MachineType = architecture.MachineType,
            SecureBoot = configuration.SecureBoot,
            IncludedFeatures = configuration.FirmwareFeatures.Include,
            ExcludedFeatures = configuration.FirmwareFeatures.Exclude,
        };
        var descriptor = configuration.Firmware.Descriptor is { } path
            ? catalog.Load(path.Value)
            : catalog.Select(query)
                ?? throw new VmSpawnException("FirmwareNotFound", VmErrorKind.NotFound, "No firmware fits.");
        return new JsonObject
        {
            ["description"] = descriptor.Description,
            ["code"] = descriptor.Executable.Path,
            ["features"] = PlanFacts.Words(descriptor.Features),
        };
    }
}
