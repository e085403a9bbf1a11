using System.Text;
using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Resolution;
using VmSpawn.Engine.Ssh;

namespace VmSpawn.Engine.Planning.Features;

/// <summary>An SSH key, fresh in the run directory or the user's own, whose public half the guest accepts.</summary>
internal static class SshKeyFeature
{
    internal const string KeyName = "ssh-key";

    public static void Plan(ResolvedVm vm, PlanBuilder plan)
    {
        if (vm.SshKey is not { } key)
        {
            return;
        }

        if (key.Path is null)
        {
            var privateKey = PathOf(vm, key);
            plan.AddFile(new CommandFile(privateKey, [key.Keygen, "-f", privateKey, "-N", "", "-t", key.Type]));
        }
        else if (key.IsTemporary)
        {
            plan.AddFile(new CopiedFile(PathOf(vm, key), key.Path));
        }

        foreach (var id in key.IsPassed ? GuestServer.Keys(key.Route) : [])
        {
            if (CredentialTransport.CanCarry(vm, plan, id, isAutomatic: true))
            {
                CredentialTransport.AddOption(vm, plan, id, AddCredential(vm, plan, key, id));
            }
        }
    }

    /// <summary>How the host logs in.</summary>
    public static PlannedSsh? Describe(ResolvedVm vm) =>
        vm.SshKey is not { } key
            ? null
            : new PlannedSsh(PathOf(vm, key))
            {
                Client = key.Client,
                Port = key.Port,
                VsockCid =
                    key.Route is SshRoute.Vsock && vm.Vsock is { Backend: VsockBackend.Kernel } vsock
                        ? vsock.Cid
                        : null,
                VsockSocket = key.Route is SshRoute.Vsock ? vm.Vsock?.SocketPath : null,
            };

    private static string AddCredential(ResolvedVm vm, PlanBuilder plan, ResolvedSshKey key, string id)
    {
        var path = plan.InRunDirectory($"{KeyName}-credential");
        if (key.PublicKey is not { } known)
        {
            var beside = $"{PathOf(vm, key)}.pub";
            if (!vm.HasSmbios)
            {
                return beside;
            }

            plan.AddFile(new EncodedFile(path, CredentialTransport.SmbiosText(id), beside));
            return path;
        }

        var content = Encoding.UTF8.GetBytes($"{known}\n");
        if (vm.HasSmbios)
        {
            content = Encoding.ASCII.GetBytes(CredentialTransport.SmbiosText(id) + Convert.ToBase64String(content));
        }

        plan.AddFile(new WrittenFile(path, [.. content], Secret: false));
        return path;
    }

    private static string PathOf(ResolvedVm vm, ResolvedSshKey key) =>
        key.Path is { } given && !key.IsTemporary ? given : $"{vm.RunDirectory}/{KeyName}";
}
