using System.Collections.Immutable;

namespace VmSpawn.Engine.Planning;

/// <summary>
/// Namespaces that a helper gets to itself: one of mounts, in which a directory is another than everywhere else, and
/// one of users for a caller who is not root. They end with the helper and leave nothing.
/// </summary>
/// <param name="Directory">Absolute path of the directory.</param>
/// <param name="View">What the helper finds there.</param>
public sealed record HelperNamespace(string Directory, DirectoryView View)
{
    /// <summary>
    /// A program with its arguments that makes the user namespace and then becomes the program it is followed by; empty
    /// if the caller is root.
    /// </summary>
    public ImmutableArray<string> UserNamespace
    {
        get;
        // Reading JSON without the property sets an array that is none.
        init => field = value.IsDefault ? [] : value;
    } = [];
}
