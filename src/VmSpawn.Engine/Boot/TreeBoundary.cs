using System.Collections.Concurrent;
using VmSpawn.Engine.Host;

namespace VmSpawn.Engine.Boot;

/// <summary>
/// Keeps what is read for a guest inside the guest's own tree: the tree may be anybody's, and a link in it must not make
/// the host hand over one of its own files.
/// </summary>
/// <param name="files">The tree's files.</param>
/// <param name="root">The tree's directory without a slash at the end; empty for <c>/</c>.</param>
internal sealed class TreeBoundary(IFileTree files, string root)
{
    /// <summary>Most links that are followed, as in the kernel (path_resolution(7)).</summary>
    private const int LinkLimit = 40;

    private readonly ConcurrentDictionary<string, string?> links = new(StringComparer.Ordinal);

    /// <summary>True if the path, which begins with the root, stays inside it whatever links are on the way.</summary>
    public bool Holds(string path)
    {
        var pending = new Stack<string>();
        Push(pending, path[root.Length..]);
        var current = new List<string>();
        var followed = 0;
        while (pending.TryPop(out var component))
        {
            if (component == "..")
            {
                if (current.Count == 0)
                {
                    return false;
                }

                current.RemoveAt(current.Count - 1);
                continue;
            }

            current.Add(component);
            if (LinkTarget(current) is not { } target)
            {
                continue;
            }

            if (++followed > LinkLimit)
            {
                return false;
            }

            current.RemoveAt(current.Count - 1);
            if (target.StartsWith('/'))
            {
                // The host's root, which is where QEMU will look, lies inside only if the tree is the host's own.
                if (root.Length > 0)
                {
                    return false;
                }

                current.Clear();
            }

            Push(pending, target);
        }

        return true;
    }

    private static void Push(Stack<string> pending, string path)
    {
        foreach (var component in path.Split('/').Reverse())
        {
            if (component is not ("" or "."))
            {
                pending.Push(component);
            }
        }
    }

    // Directories recur in every path of a tree; asking once each is enough.
    private string? LinkTarget(List<string> components) =>
        links.GetOrAdd($"{root}/{string.Join('/', components)}", files.ReadLink);
}
