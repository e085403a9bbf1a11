using System.Text;
using VmSpawn.Engine.Errors;

namespace VmSpawn.Engine.Resolution;

/// <summary>Where the run directory of a VM is.</summary>
internal static class RunDirectory
{
    // sun_path of sockaddr_un holds 108 bytes with the final NUL (unix(7)).
    private const int LongestSocketPath = 107;

    // Longest name of a socket below the run directory.
    private const string LongestSocketName = "virtiofsd-99.sock";

    /// <summary>Absolute path of the run directory.</summary>
    /// <exception cref="VmSpawnException">No socket could be bound in it (<c>RunDirectoryTooLong</c>).</exception>
    public static string Of(string runtimeRoot, string name)
    {
        var path = $"{runtimeRoot}/{name}";
        var length = Encoding.UTF8.GetByteCount(path) + 1 + LongestSocketName.Length;
        return length <= LongestSocketPath
            ? path
            : throw new VmSpawnException(
                "RunDirectoryTooLong",
                VmErrorKind.InvalidArgument,
                $"The run directory '{path}' is too long: a socket in it would have a path of {length} bytes, and {LongestSocketPath} are allowed.",
                path,
                "Use a shorter machine name, or a shorter XDG_RUNTIME_DIR."
            );
    }
}
