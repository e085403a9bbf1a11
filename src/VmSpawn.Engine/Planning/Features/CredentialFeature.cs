using System.Text;
using VmSpawn.Engine.Resolution;

namespace VmSpawn.Engine.Planning.Features;

/// <summary>The credentials whose bytes are known.</summary>
internal static class CredentialFeature
{
    public static void Plan(ResolvedVm vm, PlanBuilder plan)
    {
        var carried = vm.Credentials.Where(credential =>
            CredentialTransport.CanCarry(vm, plan, credential.Id, credential.IsAutomatic, credential.Content.Length)
        );
        var (smbios, configuration) = CredentialTransport.Divide(vm, plan, carried);
        for (var index = 0; index < vm.Credentials.Length; index++)
        {
            var credential = vm.Credentials[index];
            var inSmbios = smbios.Contains(credential.Id);
            if (!inSmbios && !configuration.Contains(credential.Id))
            {
                continue;
            }

            var path = plan.InRunDirectory($"credential-{index}");
            var content = credential.Content;
            if (inSmbios)
            {
                var text = CredentialTransport.SmbiosText(credential.Id) + Convert.ToBase64String(content.AsSpan());
                content = [.. Encoding.ASCII.GetBytes(text)];
            }

            plan.AddFile(new WrittenFile(path, content, Secret: true));
            CredentialTransport.AddOption(vm, plan, credential.Id, path, inSmbios);
        }
    }
}
