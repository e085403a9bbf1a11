using System.Text;
using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Qemu;
using VmSpawn.Engine.Resolution;

namespace VmSpawn.Engine.Planning.Features;

/// <summary>
/// Credentials reach the guest through files that only QEMU reads, never through arguments, which everyone can see: as
/// SMBIOS strings where the guest has those tables, else through QEMU's firmware configuration device (the spec,
/// section 11.5).
/// </summary>
internal static class CredentialFeature
{
    private const string SmbiosPrefix = "io.systemd.credential.binary:";
    private const string ConfigurationPrefix = "opt/io.systemd.credentials/";

    // FW_CFG_MAX_FILE_PATH counts the final NUL (QEMU's docs/specs/fw_cfg.txt).
    private const int LongestConfigurationName = 55;

    public static void Plan(ResolvedVm vm, PlanBuilder plan)
    {
        var count = 0;
        string NextPath() => plan.InRunDirectory($"credential-{count++}");

        foreach (var credential in vm.Credentials)
        {
            var path = NextPath();
            if (vm.HasSmbios)
            {
                var text = $"{SmbiosPrefix}{credential.Id}={Convert.ToBase64String(credential.Content.AsSpan())}";
                plan.AddFile(new WrittenFile(path, [.. Encoding.ASCII.GetBytes(text)], Secret: true));
            }
            else
            {
                plan.AddFile(new WrittenFile(path, credential.Content, Secret: true));
            }

            PlanOption(vm, plan, credential.Id, path);
        }

        if (vm.SshKey is { } key)
        {
            PlanSshKey(vm, key, plan, NextPath);
        }
    }

    private static void PlanSshKey(ResolvedVm vm, ResolvedSshKey key, PlanBuilder plan, Func<string> nextPath)
    {
        var privateKey = plan.InRunDirectory("ssh-key");
        plan.AddFile(new CommandFile(privateKey, [key.Keygen, "-f", privateKey, "-N", "", "-t", key.Type]));
        if (!key.IsPassed)
        {
            return;
        }

        var publicKey = $"{privateKey}.pub";
        if (vm.HasSmbios)
        {
            var path = nextPath();
            plan.AddFile(new EncodedFile(path, $"{SmbiosPrefix}{CredentialResolver.AuthorizedKeys}=", publicKey));
            PlanOption(vm, plan, CredentialResolver.AuthorizedKeys, path);
        }
        else
        {
            PlanOption(vm, plan, CredentialResolver.AuthorizedKeys, publicKey);
        }
    }

    private static void PlanOption(ResolvedVm vm, PlanBuilder plan, string id, string path)
    {
        if (vm.HasSmbios)
        {
            plan.Add(QemuOption.List("-smbios").With("type", 11).With("path", path));
            return;
        }

        var name = ConfigurationPrefix + id;
        if (!vm.Architecture.HasFirmwareConfiguration || name.Length > LongestConfigurationName)
        {
            throw new VmSpawnException(
                "CredentialNotTransportable",
                VmErrorKind.InvalidArgument,
                vm.Architecture.HasFirmwareConfiguration
                    ? $"The credential '{id}' cannot be handed over: without UEFI its name may have {LongestConfigurationName - ConfigurationPrefix.Length} characters at most."
                    : $"The credential '{id}' cannot be handed over: a {vm.Architecture} machine has no way for it.",
                id,
                "Use UEFI firmware where there is one, a shorter name, or leave the credential out."
            );
        }

        plan.Add(QemuOption.List("-fw_cfg").With("name", name).With("file", path));
    }
}
