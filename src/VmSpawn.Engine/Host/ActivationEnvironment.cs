using System.Collections.Immutable;
using System.Globalization;

namespace VmSpawn.Engine.Host;

/// <summary>Reads what the service manager says about descriptors it passed (sd_listen_fds(3)).</summary>
internal static class ActivationEnvironment
{
    private const int FirstDescriptor = 3; // SD_LISTEN_FDS_START
    private const int CountLimit = 1024;
    private const string Unnamed = "unknown";

    /// <summary>The descriptors, or none if the variables are unset, broken or meant for another process.</summary>
    /// <param name="environment">Looks up an environment variable.</param>
    /// <param name="processId">This process's id.</param>
    /// <param name="isOpen">Whether a descriptor is open.</param>
    public static ImmutableArray<ActivationDescriptor> Read(
        Func<string, string?> environment,
        int processId,
        Func<int, bool> isOpen
    )
    {
        if (
            Number(environment("LISTEN_PID")) != processId
            || Number(environment("LISTEN_FDS")) is not (> 0 and <= CountLimit and var count)
        )
        {
            return [];
        }

        var names = environment("LISTEN_FDNAMES")?.Split(':') ?? [];
        return
        [
            .. Enumerable
                .Range(0, count)
                .Select(i => new ActivationDescriptor(
                    FirstDescriptor + i,
                    i < names.Length && names[i].Length > 0 ? names[i] : Unnamed
                ))
                .Where(descriptor => isOpen(descriptor.Number)),
        ];
    }

    private static int? Number(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
