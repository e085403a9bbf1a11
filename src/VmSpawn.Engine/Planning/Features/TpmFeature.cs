using System.Collections.Immutable;
using VmSpawn.Engine.Qemu;
using VmSpawn.Engine.Resolution;

namespace VmSpawn.Engine.Planning.Features;

/// <summary>A TPM 2.0, emulated by swtpm, which meets QEMU at a socket in the run directory.</summary>
internal static class TpmFeature
{
    private const string SocketName = "tpm.sock";
    private const string StateName = "tpm";

    public static void Plan(ResolvedVm vm, PlanBuilder plan)
    {
        if (vm.Tpm is not { } tpm)
        {
            return;
        }

        var socket = plan.InRunDirectory(SocketName);
        var state = tpm.State ?? plan.InRunDirectory(StateName);
        var setup = ImmutableArray.Create(tpm.SwtpmSetup, "--tpm-state", state, "--tpm2", "--pcr-banks", "sha256");
        plan.AddHelper(
            new PlannedHelper
            {
                Id = "swtpm",
                Directories = [state],
                Prepare = [tpm.State is null ? setup : setup.Add("--not-overwrite")],
                Argv = [tpm.Swtpm, "socket", "--tpm2", "--tpmstate", $"dir={state}", "--ctrl", "type=unixio,fd=3"],
                ListenPath = socket,
            }
        );
        plan.Add(QemuOption.List("-chardev", "socket").With("id", "chrtpm").With("path", socket));
        plan.Add(QemuOption.List("-tpmdev", "emulator").With("id", "tpm0").With("chardev", "chrtpm"));
        plan.Add(QemuOption.List("-device", tpm.Device).With("tpmdev", "tpm0"));
    }
}
