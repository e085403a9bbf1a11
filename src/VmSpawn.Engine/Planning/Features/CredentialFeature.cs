using System.Text;
using VmSpawn.Engine.Resolution;

namespace VmSpawn.Engine.Planning.Features;

/// <summary>The credentials whose bytes are known.</summary>
internal static class CredentialFeature
{
    public static void Plan(ResolvedVm vm, PlanBuilder plan)
    {
        for (var index = 0; index < vm.Credentials.Length; index++)
        {
            var credential = vm.Credentials[index];
            if (!CredentialTransport.CanCarry(vm, plan, credential.Id, credential.IsAutomatic))
            {
                continue;
            }

            var path = plan.InRunDirectory($"credential-{index}");
            var content = credential.Content;
            if (vm.HasSmbios)
            {
                var text = CredentialTransport.SmbiosText(credential.Id) + Convert.ToBase64String(content.AsSpan());
                content = [.. Encoding.ASCII.GetBytes(text)];
            }

            plan.AddFile(new WrittenFile(path, content, Secret: true));
            CredentialTransport.AddOption(vm, plan, credential.Id, path);
        }
    }
}
