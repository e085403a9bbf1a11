using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Planning;
using static VmSpawn.Output.OutputList;

namespace VmSpawn.Output;

/// <summary>Turns the engine's plan into the object that is written to the pipeline.</summary>
internal static class PlanFactory
{
    /// <summary>The plan with the bytes of secret files left out of everything that can be seen.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="configuration">What it was made of.</param>
    public static Plan Create(LaunchPlan plan, VmConfiguration? configuration = null)
    {
        var shown = plan.Redacted();
        return new Plan
        {
            Source = plan,
            Configuration = configuration,
            Name = shown.Name,
            Architecture = shown.Summary.Architecture,
            MachineType = shown.Summary.MachineType,
            Accelerator = shown.Summary.Accelerator,
            Cpus = shown.Summary.Cpus,
            Memory = shown.Summary.MemoryBytes,
            Image = shown.Summary.Image,
            Directory = shown.Summary.Directory,
            Kernel = shown.Summary.Kernel,
            Initrd = List(shown.Summary.Initrds),
            PortForward = List(shown.Summary.PortForwards),
            Firmware = shown.Summary.Firmware,
            RunDirectory = shown.RunDirectory,
            QemuArgv = List(shown.QemuArgv),
            Descriptors = List(shown.Descriptors),
            Files = List(shown.Files),
            Credentials = List(shown.Credentials),
            Helpers = List(shown.Helpers),
            Registration = shown.Registration,
            Claims = List(shown.Claims),
            Decisions = List(shown.Decisions),
            Warnings = List(shown.Warnings),
        };
    }
}
