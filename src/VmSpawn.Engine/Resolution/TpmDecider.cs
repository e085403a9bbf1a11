using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Host;

namespace VmSpawn.Engine.Resolution;

/// <summary>Whether the VM has a TPM (the spec, sections 1.2 and 3.4).</summary>
internal static class TpmDecider
{
    private const string Subject = "tpm";
    private const string StateSuffix = ".tpmstate";
    private const string Hint =
        "Install it: apt install swtpm swtpm-tools, dnf install swtpm swtpm-tools, or pacman -S swtpm.";

    /// <summary>Decides; <see langword="null"/> for none.</summary>
    /// <exception cref="VmSpawnException">It was demanded and cannot be had, or its state cannot be kept there.</exception>
    public static ResolvedTpm? Decide(
        VmConfiguration configuration,
        IHost host,
        GuestArchitecture guest,
        HostPath? bootSource,
        DecisionLog log
    )
    {
        if (configuration.Tpm is Tristate.No)
        {
            return null;
        }

        var swtpm = host.FindExecutable("swtpm");
        var setup = host.FindExecutable("swtpm_setup");
        var missing = (guest.TpmDevice, swtpm, setup) switch
        {
            (null, _, _) => $"QEMU has no TPM for {guest.Name} machines",
            (_, null, _) => "there is no swtpm in PATH",
            (_, _, null) => "there is no swtpm_setup in PATH",
            _ => null,
        };
        if (missing is not null)
        {
            if (configuration.Tpm is Tristate.Yes)
            {
                throw new HostRequirementException(
                    "TpmNotAvailable",
                    swtpm is null ? "swtpm" : "swtpm_setup",
                    $"A TPM was asked for, but cannot be had: {missing}.",
                    guest.TpmDevice is null ? "Leave -Tpm out, or say -Tpm no." : Hint
                );
            }

            log.Decide(Subject, "off", missing);
            return null;
        }

        var state = CheckedState(
            StatePath.Resolve(configuration.TpmState, configuration, bootSource, StateSuffix),
            host.Files
        );
        log.Decide(
            Subject,
            "on",
            state is null ? $"{swtpm} is there" : $"{swtpm} is there; its state is kept in {state}"
        );
        return new ResolvedTpm(swtpm!, setup!, guest.TpmDevice!, state);
    }

    private static string? CheckedState(string? state, IHostFiles files)
    {
        if (state is null)
        {
            return null;
        }

        if (state.Contains(','))
        {
            throw ValueError.Create("tpm-state", state, "swtpm takes no path with a comma", "Use another path.");
        }

        switch (files.GetKind(state))
        {
            case FileKind.Missing:
                HostFileCheck.CanBeMade(files, state, "TpmState");
                return state;
            case FileKind.Directory when files.CanWrite(state):
                return state;
            case FileKind.Directory or FileKind.Inaccessible:
                throw HostFileCheck.Denied("TpmStateNotWritable", $"TPM state '{state}' may not be written.", state);
            default:
                throw ValueError.Create("tpm-state", state, "it is no directory", "Give the path of a directory.");
        }
    }
}
