using VmSpawn.Engine.Planning;

namespace VmSpawn.Output;

/// <summary>Turns the engine's plan into the object that is written to the pipeline.</summary>
internal static class PlanFactory
{
    /// <summary>The plan with the bytes of secret files left out of everything that can be seen.</summary>
    public static Plan Create(LaunchPlan plan)
    {
        var shown = plan.Redacted();
        return new Plan
        {
            Source = plan,
            Name = shown.Name,
            Architecture = shown.Summary.Architecture,
            MachineType = shown.Summary.MachineType,
            Accelerator = shown.Summary.Accelerator,
            Cpus = shown.Summary.Cpus,
            Memory = shown.Summary.MemoryBytes,
            Image = shown.Summary.Image,
            Kernel = shown.Summary.Kernel,
            Initrd = [.. shown.Summary.Initrds],
            Firmware = shown.Summary.Firmware,
            RunDirectory = shown.RunDirectory,
            QemuArgv = [.. shown.QemuArgv],
            Descriptors = [.. shown.Descriptors],
            Files = [.. shown.Files],
            Helpers = [.. shown.Helpers],
            Claims = [.. shown.Claims],
            Decisions = [.. shown.Decisions],
            Warnings = [.. shown.Warnings],
        };
    }
}
