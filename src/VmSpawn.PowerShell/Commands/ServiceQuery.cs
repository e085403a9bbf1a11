using System.Management.Automation;
using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Systemd;

namespace VmSpawn.Commands;

/// <summary>Finds services by the names of their VMs.</summary>
internal static class ServiceQuery
{
    /// <summary>Those that fit; <see langword="null"/> if one was named and is not there.</summary>
    public static IReadOnlyList<ServiceState>? Find(IReadOnlyList<ServiceState> services, string pattern)
    {
        var wildcard = WildcardPattern.Get(pattern, WildcardOptions.IgnoreCase);
        ServiceState[] matches = [.. services.Where(service => wildcard.IsMatch(service.Name))];
        return matches.Length > 0 || WildcardPattern.ContainsWildcardCharacters(pattern) ? matches : null;
    }

    /// <summary>The error for a name that no service has.</summary>
    public static VmSpawnException NotFound(string name) =>
        new(
            "ServiceNotFound",
            VmErrorKind.NotFound,
            $"There is no service for a VM '{name}'.",
            name,
            "Get-VmSpawnService lists those that there are."
        );
}
