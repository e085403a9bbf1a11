using System.Text;
using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Qemu;
using VmSpawn.Engine.Resolution;

namespace VmSpawn.Engine.Planning;

/// <summary>
/// The way of credentials into a guest: through files that only QEMU reads, never through arguments, which everyone can
/// see. As SMBIOS strings where the guest has those tables and they have room, else through QEMU's firmware
/// configuration device (the spec, section 11.5; docs/adr/0007).
/// </summary>
internal static class CredentialTransport
{
    private const string SmbiosPrefix = "io.systemd.credential.binary:";
    private const string ConfigurationPrefix = "opt/io.systemd.credentials/";

    // FW_CFG_MAX_FILE_PATH is 56 with the final NUL (QEMU's docs/specs/fw_cfg.txt).
    private const int LongestConfigurationName = 55;
    private const int LongestConfigurationId = LongestConfigurationName - 27;

    // A public key of the longest kind that ssh-keygen makes (RSA with 16384 bits) and its comment stay below it.
    private const int LengthOfUnknown = 4096;

    // SMBIOS 2 has 65535 bytes of tables, which QEMU's firmware keeps to even where QEMU offers more. The other tables
    // and a key that is made later have the rest; each processor socket has one of about 100 bytes.
    private const int SmbiosLength = 48 * 1024;
    private const int SocketTable = 100;

    // The number of strings of one table is a byte (SMBIOS specification, 7.12); some are left for later ones.
    private const int SmbiosStrings = 240;

    // The device has 32 files; QEMU's own are about 20, and it aborts when there are too many. Each VM has room for four.
    private const int FreeSlots = 4;
    private const int OwnSlots = 64;

    // Linux reads the device 4 KiB at a time, each time from the start: the square of the length counts.
    private const int SlowLength = 256 * 1024;

    /// <summary>What stands before the base64 form of the bytes in an SMBIOS string.</summary>
    public static string SmbiosText(string id) => $"{SmbiosPrefix}{id}=";

    /// <summary>True if there is a way; where there is none, a credential that came by itself is left out with a warning.</summary>
    /// <param name="vm">The VM.</param>
    /// <param name="plan">Its plan.</param>
    /// <param name="id">Identifier of the credential.</param>
    /// <param name="isAutomatic">True if the user did not give it.</param>
    /// <param name="length">Its bytes; <see langword="null"/> for a public key that is made later.</param>
    /// <exception cref="VmSpawnException">The user's own credential has no way (<c>CredentialNotTransportable</c>).</exception>
    public static bool CanCarry(ResolvedVm vm, PlanBuilder plan, string id, bool isAutomatic, int? length = null)
    {
        if (WhyNot(vm, id) is { } reason)
        {
            return Refuse(plan, id, isAutomatic, reason);
        }

        if (!isAutomatic)
        {
            return true;
        }

        // The user's come first, whatever the order in which they are planned; that those fit was checked before.
        var automatic = plan.AutomaticCredentialLength + (length ?? LengthOfUnknown);
        if (
            automatic + vm.Credentials.Where(c => !c.IsAutomatic).Sum(c => c.Content.Length)
            > CredentialSource.LargestContent
        )
        {
            return Refuse(plan, id, isAutomatic, "the others take all that a guest takes");
        }

        plan.AutomaticCredentialLength = automatic;
        return true;
    }

    /// <summary>
    /// Chooses those that go as SMBIOS strings: as many as have room, and first those whose name is too long for the other
    /// way.
    /// </summary>
    /// <exception cref="VmSpawnException">The user's own credential fits neither (<c>CredentialNotTransportable</c>).</exception>
    public static (HashSet<string> Smbios, HashSet<string> Configuration) Divide(
        ResolvedVm vm,
        PlanBuilder plan,
        IEnumerable<ResolvedCredential> credentials
    )
    {
        var (smbios, configuration) = (new HashSet<string>(), new HashSet<string>());
        var tables = plan.Options.Where(option => option.Name == "-smbios").ToList();
        var strings = vm.HasSmbios ? SmbiosStrings - tables.Count : 0;
        var room =
            SmbiosLength
            - tables.Sum(option => Encoding.UTF8.GetByteCount(option.Value ?? ""))
            - vm.Smbios11.Sum(Encoding.UTF8.GetByteCount)
            - (vm.Cpus.Count * SocketTable);
        foreach (var credential in credentials.OrderBy(c => HasConfigurationName(c.Id)).ThenBy(c => c.Content.Length))
        {
            // With the NUL behind it.
            var needed = SmbiosText(credential.Id).Length + ((credential.Content.Length + 2) / 3 * 4) + 1;
            if (needed <= room && smbios.Count < strings)
            {
                room -= needed;
                smbios.Add(credential.Id);
            }
            else if (HasConfigurationName(credential.Id))
            {
                configuration.Add(credential.Id);
                WarnIfSlow(plan, credential);
            }
            else
            {
                _ = Refuse(
                    plan,
                    credential.Id,
                    credential.IsAutomatic,
                    $"its {credential.Content.Length} bytes have no room in the SMBIOS tables, and otherwise its name may have {LongestConfigurationId} characters at most"
                );
            }
        }

        if (configuration.Count > FreeSlots)
        {
            plan.Add(QemuOption.Literal("-global", $"fw_cfg.x-file-slots={OwnSlots + configuration.Count}"));
        }

        return (smbios, configuration);
    }

    /// <summary>Adds the option that hands a file over: an SMBIOS string, or the credential's bytes.</summary>
    public static void AddOption(ResolvedVm vm, PlanBuilder plan, string id, string path, bool? inSmbios = null)
    {
        plan.AddCredential(new PlannedCredential(id, path));
        plan.Add(
            inSmbios ?? vm.HasSmbios
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

        return HasConfigurationName(id)
            ? null
            : $"without UEFI its name may have {LongestConfigurationId} characters at most";
    }

    private static bool Refuse(PlanBuilder plan, string id, bool isAutomatic, string reason)
    {
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
            "Use UEFI firmware where there is one, a shorter name, or less data; or leave the credential out."
        );
    }

    private static void WarnIfSlow(PlanBuilder plan, ResolvedCredential credential)
    {
        if (credential.Content.Length > SlowLength)
        {
            plan.Warn(
                $"The credential '{credential.Id}' has {credential.Content.Length} bytes. A guest reads one of that size slowly: its start takes longer, by minutes where it has 1 MiB and KVM. Data in a directory (-Bind) or on a drive (-ExtraDrive) is there at once."
            );
        }
    }

    private static bool HasConfigurationName(string id) => id.Length <= LongestConfigurationId;
}
