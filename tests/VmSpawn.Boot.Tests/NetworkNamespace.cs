using System.Globalization;

namespace VmSpawn.Boot.Tests;

/// <summary>
/// A network of a test's own: a namespace in which it may make interfaces without the host's ever seeing them. It ends
/// with its last process.
/// </summary>
/// <param name="process">A process that is in it.</param>
internal sealed class NetworkNamespace(int process)
{
    private const string TunDevice = "/dev/net/tun";

    /// <summary>Words before a command that has a new one; it appears there as root.</summary>
    public static IReadOnlyList<string> Unshare { get; } =
        Environment.IsPrivilegedProcess
            ? ["unshare", "--net", "--"]
            : ["unshare", "--user", "--map-root-user", "--net", "--"];

    private static IReadOnlyList<string> EnterOptions { get; } =
        Environment.IsPrivilegedProcess ? ["--net"] : ["--user", "--preserve-credentials", "--net"];

    /// <summary>Skips the test, with the reason, where there can be none with a TAP interface.</summary>
    public static async Task RequireAsync()
    {
        Prerequisite.RequireProgram("unshare", "util-linux");
        Prerequisite.RequireProgram("ip", "iproute2");
        Prerequisite.RequireProgram("ping", "iputils-ping");
        var (code, _, complaint) = await HostProgram.TryRunAsync(Unshare[0], [.. Unshare.Skip(1), "true"]);
        Prerequisite.RequireOfHost(code == 0, $"No network namespace can be made here: {complaint.Trim()}");
        Prerequisite.RequireOfHost(
            CanOpenTun(),
            $"{TunDevice} cannot be opened here, so that there is no TAP interface."
        );
    }

    /// <summary>Runs a program in it.</summary>
    public Task<string> RunAsync(params IEnumerable<string> command) =>
        HostProgram.RunAsync(
            "nsenter",
            [$"--target={process.ToString(CultureInfo.InvariantCulture)}", .. EnterOptions, "--", .. command]
        );

    private static bool CanOpenTun()
    {
        try
        {
            using var device = File.Open(TunDevice, FileMode.Open, FileAccess.ReadWrite);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
