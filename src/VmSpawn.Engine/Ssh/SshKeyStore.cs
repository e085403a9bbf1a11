using System.Globalization;
using VmSpawn.Engine.Host;
using VmSpawn.Engine.Machines;

namespace VmSpawn.Engine.Ssh;

/// <summary>
/// The keys that go with the process that made them. They are in the runtime root, where nobody else may look, and are
/// removed when that process ends, or by whoever looks after a process that was killed. A VM takes a copy of its own.
/// </summary>
/// <param name="root">The runtime root.</param>
public sealed class SshKeyStore(string root)
{
    private static readonly Lock Registration = new();
    private static readonly HashSet<string> Registered = new(StringComparer.Ordinal);

    private readonly string directory = Path.Combine(root, ".keys");

    /// <summary>A path for a new key of this process.</summary>
    /// <param name="type">Its type, which is part of the name.</param>
    /// <exception cref="Errors.VmSpawnException"><c>RuntimeDirectoryUnsafe</c>, <c>RuntimeDirectoryNotCreated</c>.</exception>
    internal string NewPath(string type)
    {
        PrivateDirectory.Create(root);
        Sweep();
        var own = Own();
        PrivateDirectory.Create(directory);
        PrivateDirectory.Create(own);
        RemoveAtExit(own);
        return Path.Combine(
            own,
            $"{string.Concat(type.Where(char.IsAsciiLetterOrDigit))}-{Path.GetRandomFileName()[..8]}"
        );
    }

    /// <summary>True for the path of a key that goes with a process.</summary>
    public bool Holds(string path) => path.StartsWith($"{directory}/", StringComparison.Ordinal);

    /// <summary>Removes the keys of processes that are gone.</summary>
    public void Sweep()
    {
        if (!Directory.Exists(directory))
        {
            return;
        }

        foreach (var keys in Directory.GetDirectories(directory))
        {
            if (OwnerOf(keys) is not { IsAlive: true })
            {
                DirectoryTree.Remove(keys);
            }
        }
    }

    /// <summary>Removes this process's keys.</summary>
    public void RemoveOwn() => DirectoryTree.Remove(Own());

    private string Own()
    {
        var self = ProcessIdentity.Of(Environment.ProcessId)!;
        return Path.Combine(directory, $"{self.Id}-{self.StartTime}");
    }

    private static ProcessIdentity? OwnerOf(string path)
    {
        var parts = Path.GetFileName(path).Split('-');
        return
            parts.Length == 2
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var start)
            ? new ProcessIdentity(id, start)
            : null;
    }

    private static void RemoveAtExit(string own)
    {
        lock (Registration)
        {
            if (Registered.Add(own))
            {
                AppDomain.CurrentDomain.ProcessExit += (_, _) => RemoveQuietly(own);
            }
        }
    }

    private static void RemoveQuietly(string own)
    {
        try
        {
            DirectoryTree.Remove(own);
        }
        catch (Errors.SystemCallException)
        {
            // The next one who looks tries again.
        }
    }
}
