using VmSpawn.Engine.Resolution;

namespace VmSpawn.Engine.Planning.Features;

/// <summary>A fresh SSH key in the run directory, whose public half the guest accepts.</summary>
internal static class SshKeyFeature
{
    internal const string KeyName = "ssh-key";

    public static void Plan(ResolvedVm vm, PlanBuilder plan)
    {
        if (vm.SshKey is not { } key)
        {
            return;
        }

        const string Id = CredentialResolver.AuthorizedKeys;
        var privateKey = plan.InRunDirectory(KeyName);
        plan.AddFile(new CommandFile(privateKey, [key.Keygen, "-f", privateKey, "-N", "", "-t", key.Type]));
        if (!key.IsPassed || !CredentialTransport.CanCarry(vm, plan, Id, isAutomatic: true))
        {
            return;
        }

        var path = $"{privateKey}.pub";
        if (vm.HasSmbios)
        {
            var encoded = plan.InRunDirectory($"{KeyName}-credential");
            plan.AddFile(new EncodedFile(encoded, CredentialTransport.SmbiosText(Id), path));
            path = encoded;
        }

        CredentialTransport.AddOption(vm, plan, Id, path);
    }
}
