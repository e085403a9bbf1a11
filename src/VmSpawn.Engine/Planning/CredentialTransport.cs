using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Qemu;
using VmSpawn.Engine.Resolution;

namespace VmSpawn.Engine.Planning;

/// <summary>
/// The way of credentials into a guest: through files that only QEMU reads, never through arguments, which everyone can
/// see. As SMBIOS strings where the guest has those tables, else through QEMU's firmware configuration device (the
/// spec, section 11.5).
/// </summary>
internal static class CredentialTransport
{
    private const string SmbiosPrefix = "io.systemd.credential.binary:";
    private const string ConfigurationPrefix = "opt/io.systemd.credentials/";

    // FW_CFG_MAX_FILE_PATH is 56 with the final NUL (QEMU's docs/specs/fw_cfg.txt).
    private const int LongestConfigurationName = 55;

    /// <summary>What stands before the base64 form of the bytes in an SMBIOS string.</summary>
    public static string SmbiosText(string id) => $"{SmbiosPrefix}{id}=";

    /// <summary>True if there is a way; where there is none, a credential that came by itself is left out with a warning.</summary>
    /// <exception cref="VmSpawnException">The user's own credential has no way (<c>CredentialNotTransportable</c>).</exception>
    public static bool CanCarry(ResolvedVm vm, PlanBuilder plan, string id, bool isAutomatic)
    {
        if (WhyNot(vm, id) is not { } reason)
        {
            return true;
        }

        if (isAutomatic)
        {
            plan.Warn($"The credential '{id}' is not handed over: {reason}.");
            return false;
        }

        throw new VmSpawnException(
            "CredentialNotTransportable",
            VmErrorKind.InvalidArgument,
            $"The credential '{id}' cannot be handed over: {reason}.",
            id,
            "Use UEFI firmware where there is one, a shorter name, or leave the credential out."
        );
    }

    /// <summary>Adds the option that hands a file over: an SMBIOS string, or the credential's bytes.</summary>
    public static void AddOption(ResolvedVm vm, PlanBuilder plan, string id, string path)
    {
        plan.AddCredential(new PlannedCredential(id, path));
        plan.Add(
            vm.HasSmbios
                ? QemuOption.List("-smbios").With("type", 11).With("path", path)
                : QemuOption.List("-fw_cfg").With("name", ConfigurationPrefix + id).With("file", path)
        );
    }

    private static string? WhyNot(ResolvedVm vm, string id)
    {
        if (vm.HasSmbios)
        {
            return null;
        }

        if (!vm.Architecture.HasFirmwareConfiguration)
        {
            return $"a {vm.Architecture} machine has no way for it";
        }

        var longest = LongestConfigurationName - ConfigurationPrefix.Length;
        return id.Length <= longest ? null : $"without UEFI its name may have {longest} characters at most";
    }
}
