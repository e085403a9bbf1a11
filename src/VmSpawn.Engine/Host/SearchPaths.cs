using System.Collections.Immutable;
using VmSpawn.Engine.Native;

namespace VmSpawn.Engine.Host;

/// <summary>The directories that environment variables and conventions name. Relative ones are ignored, as the conventions demand.</summary>
internal sealed class SearchPaths(Func<string, string?> environment)
{
    /// <summary>Where programs are when <c>PATH</c> is unset.</summary>
    private const string DefaultPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    /// <summary>Default of <c>XDG_DATA_DIRS</c> (XDG Base Directory Specification).</summary>
    private const string DefaultDataDirectories = "/usr/local/share:/usr/share";

    /// <summary>Firmware descriptors, highest priority first (spec, section 3.2).</summary>
    public ImmutableArray<string> Firmware =>
        [
            .. new[]
            {
                UserDirectory("XDG_CONFIG_HOME", ".config"),
                "/etc",
                UserDirectory("XDG_DATA_HOME", ".local/share"),
            }
                .Concat(Elements(environment("XDG_DATA_DIRS") is { Length: > 0 } list ? list : DefaultDataDirectories))
                .Append("/usr/share")
                .OfType<string>()
                .Select(directory => Path.Join(directory, "qemu/firmware"))
                .Distinct(StringComparer.Ordinal),
        ];

    /// <summary>Images by machine name, highest priority first (spec, section 1.3); an ordinary user's own come before the system's.</summary>
    public ImmutableArray<string> Images(bool privileged) =>
        [
            .. new[]
            {
                privileged ? null : Below(UserDirectory("XDG_STATE_HOME", ".local/state"), "machines"),
                "/etc/machines",
                "/run/machines",
                "/var/lib/machines",
                "/var/lib/container",
                "/usr/local/lib/machines",
                "/usr/lib/machines",
            }.OfType<string>(),
        ];

    /// <summary>First regular file of that name in <c>PATH</c> that the caller may execute.</summary>
    public string? FindExecutable(IHostFiles files, string name) =>
        name.Length == 0 || name.Contains('/')
            ? null
            : Elements(environment("PATH") ?? DefaultPath)
                .Select(directory => Path.Join(directory, name))
                .FirstOrDefault(path =>
                    files.GetKind(path) == FileKind.Regular && FileAccessCheck.Allows(path, FileAccessCheck.Execute)
                );

    private string? UserDirectory(string variable, string belowHome) =>
        environment(variable) is { } chosen && Path.IsPathFullyQualified(chosen)
            ? chosen
            : Below(environment("HOME"), belowHome);

    private static string? Below(string? directory, string name) =>
        !string.IsNullOrEmpty(directory) && Path.IsPathFullyQualified(directory) ? Path.Join(directory, name) : null;

    private static IEnumerable<string> Elements(string list) =>
        list.Split(':').Where(element => Path.IsPathFullyQualified(element)).Select(Path.TrimEndingDirectorySeparator);
}
