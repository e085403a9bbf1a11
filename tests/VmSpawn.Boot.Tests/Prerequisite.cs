namespace VmSpawn.Boot.Tests;

/// <summary>
/// What a boot needs of the machine it runs on. Where it is missing a test is skipped and says what to install, except in
/// CI, which must not pass because nothing ran.
/// </summary>
internal static class Prerequisite
{
    private static bool InContinuousIntegration =>
        string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase);

    public static void Require(bool present, string reason)
    {
        if (present)
        {
            return;
        }

        Assert.SkipUnless(InContinuousIntegration, reason);
        Assert.Fail($"{reason} (In CI a missing prerequisite is a failure.)");
    }

    /// <summary>
    /// What no installation brings, such as a privilege or a device of the host: without it a test is skipped even in CI.
    /// </summary>
    public static void RequireOfHost(bool present, string reason) => Assert.SkipUnless(present, reason);

    /// <summary>What only Debian and its relatives have: elsewhere a test is skipped even in CI.</summary>
    public static void RequireOfDebian(bool present, string reason)
    {
        RequireOfHost(present || File.Exists("/etc/debian_version"), reason);
        Require(present, reason);
    }

    public static void RequireProgram(string name, string package) =>
        Require(
            Find(name) is not null,
            $"{name} is not installed: install {package}, or run './pwshw build.ps1 Setup'."
        );

    public static void RequireUefi() =>
        Require(
            Directory.Exists("/usr/share/qemu/firmware") || Directory.Exists("/etc/qemu/firmware"),
            "There is no UEFI firmware: install ovmf (edk2-ovmf), or run './pwshw build.ps1 Setup'."
        );

    public static string? Find(string name) =>
        // Administrators' programs are not in every user's PATH.
        $"{Environment.GetEnvironmentVariable("PATH")}:/usr/local/sbin:/usr/sbin:/sbin"
            .Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Select(directory => Path.Join(directory, name))
            .FirstOrDefault(File.Exists);
}
