using VmSpawn.Engine.Host;

namespace VmSpawn.Boot.Tests;

/// <summary>One of the two kinds of virtiofsd, put first in <c>PATH</c> for a test.</summary>
internal sealed class SharingProgram : IDisposable
{
    private static readonly string Getter = Path.Join(Repository.Root, "samples", "debian-tree", "get-virtiofsd");

    private static readonly string[] CPlaces = ["/usr/lib/qemu/virtiofsd", "/usr/libexec/qemu/virtiofsd"];

    private readonly string? _path = Environment.GetEnvironmentVariable("PATH");

    private SharingProgram(string directory) => Environment.SetEnvironmentVariable("PATH", $"{directory}:{_path}");

    /// <summary>The kind that was asked for; the test is skipped where it is not to be had.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="scratch">A directory for what has to be made.</param>
    public static async Task<SharingProgram> UseAsync(VirtiofsdKind kind, string scratch)
    {
        if (kind is VirtiofsdKind.C)
        {
            var place = CPlaces.FirstOrDefault(File.Exists);
            Prerequisite.RequireOfHost(
                place is not null,
                "QEMU's virtiofsd, the C one, is not packaged here any more."
            );
            var directory = Directory.CreateDirectory(Path.Join(scratch, "c")).FullName;
            File.CreateSymbolicLink(Path.Join(directory, "virtiofsd"), place!);
            return new SharingProgram(directory);
        }

        if (await InstalledAsync("/usr/libexec/virtiofsd") || await InstalledAsync("/usr/lib/virtiofsd"))
        {
            return new SharingProgram(File.Exists("/usr/libexec/virtiofsd") ? "/usr/libexec" : "/usr/lib");
        }

        var (code, output, complaint) = await HostProgram.TryRunAsync(TimeSpan.FromMinutes(3), Getter);
        Prerequisite.Require(code == 0, $"The virtiofsd written in Rust cannot be had: {complaint.Trim()}");
        return new SharingProgram(output.Trim());
    }

    public void Dispose() => Environment.SetEnvironmentVariable("PATH", _path);

    private static async Task<bool> InstalledAsync(string path) =>
        File.Exists(path) && (await HostProgram.TryRunAsync(path, "--version")).Code == 0;
}
