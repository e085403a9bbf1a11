using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Errors;

namespace VmSpawn.Engine.Arguments;

/// <summary>Makes a <see cref="VmConfiguration"/> of a command line, as <c>Start-VmSpawn</c> does of its parameters.</summary>
public static class CommandLineConfiguration
{
    /// <summary>Id of the error for an option that is read and cannot be carried out yet.</summary>
    public const string OptionNotSupported = "OptionNotSupported";

    private delegate VmConfiguration Setter(VmConfiguration configuration, string value, string workingDirectory);

    private static readonly Dictionary<string, Setter> Setters = new(StringComparer.Ordinal)
    {
        ["Directory"] = (vm, value, at) => vm with { Directory = HostPath.Resolve(value, at, "directory") },
        ["Image"] = (vm, value, at) => vm with { Image = HostPath.Resolve(value, at, "image") },
        ["ImageFormat"] = (vm, value, _) => vm with { ImageFormat = DiskFormatText.Parse(value) },
        ["ImageDiskType"] = (vm, value, _) => vm with { ImageDiskType = DiskTypeText.Parse(value) },
        ["Cpus"] = (vm, value, _) => vm with { Cpus = CpuTopology.Parse(value) },
        ["Ram"] = (vm, value, _) => vm with { Ram = MemorySize.Parse(value) },
        ["Kvm"] = (vm, value, _) => vm with { Kvm = TristateText.Parse(value, "kvm") },
        ["Linux"] = (vm, value, at) => vm with { Linux = HostPath.Resolve(value, at, "linux") },
        ["Initrd"] = (vm, value, at) => vm with { Initrds = vm.Initrds.Add(HostPath.Resolve(value, at, "initrd")) },
        ["NetworkTap"] = (vm, _, _) => vm with { Network = NetworkMode.Tap },
        ["NetworkUserMode"] = (vm, _, _) => vm with { Network = NetworkMode.User },
        ["SecureBoot"] = (vm, value, _) => vm with { SecureBoot = TristateText.Parse(value, "secure-boot") },
        ["Firmware"] = (vm, value, at) => vm with { Firmware = FirmwareChoice.Parse(value, at) },
        ["DiscardDisk"] = (vm, value, _) => vm with { DiscardDisk = BooleanText.Parse(value, "discard-disk") },
        ["Machine"] = (vm, value, _) => vm with { Name = MachineName.Parse(value) },
        ["Uuid"] = (vm, value, _) => vm with { Uuid = MachineUuid.Parse(value) },
        ["Console"] = (vm, value, _) => vm with { Console = Enum.Parse<ConsoleMode>(value) },
        ["KernelArgument"] = (vm, value, _) =>
            vm with
            {
                KernelArguments = vm.KernelArguments.Add(KernelArgument.Parse(value)),
            },
    };

    // What is said to the one who starts the VM, not of the VM itself.
    private static readonly HashSet<string> Presentation = ["Quiet", "Background", "NotifyReady"];

    /// <summary>Makes the configuration.</summary>
    /// <param name="commandLine">A command line that starts a VM.</param>
    /// <param name="workingDirectory">Absolute path of the directory that relative paths start from.</param>
    /// <exception cref="VmSpawnException">A value cannot be used, or an option is not supported (<c>OptionNotSupported</c>).</exception>
    public static VmConfiguration Create(ParsedCommandLine commandLine, string workingDirectory)
    {
        var configuration = new VmConfiguration();
        foreach (var (name, value) in commandLine.Values)
        {
            if (Setters.TryGetValue(name, out var set))
            {
                configuration = set(configuration, ParameterText.Of(value), workingDirectory);
            }
            else if (!Presentation.Contains(name) && ParameterText.Of(value) != "no")
            {
                throw new VmSpawnException(
                    OptionNotSupported,
                    VmErrorKind.InvalidArgument,
                    $"The option for '{name}' is not supported yet.",
                    name,
                    "Leave it out."
                );
            }
        }

        return configuration;
    }
}
