using System.Management.Automation;
using VmSpawn.Engine.Configuration;

namespace VmSpawn.Parameters;

/// <summary>
/// Tells image and directory apart where they come by pipeline: a piped folder binds to <c>-Image</c> by its path, and
/// a piped file brings the folder it is in along, which nobody wants to boot.
/// </summary>
/// <param name="isImageTyped">True if <c>-Image</c> was given on the command line.</param>
/// <param name="isDirectoryTyped">True if <c>-Directory</c> was given on the command line.</param>
internal sealed class BootSourceArgument(bool isImageTyped, bool isDirectoryTyped)
{
    /// <summary>What to boot from.</summary>
    /// <param name="image">Value of <c>-Image</c>.</param>
    /// <param name="directory">Value of <c>-Directory</c>.</param>
    /// <param name="resolve">Makes a path of the host of a text.</param>
    public (HostPath? Image, HostPath? Directory) Choose(
        HostPath? image,
        object? directory,
        Func<string?, HostPath?> resolve
    )
    {
        var value = directory is PSObject wrapped ? wrapped.BaseObject : directory;
        var tree = value switch
        {
            DirectoryInfo folder => isDirectoryTyped ? resolve(folder.FullName) : null,
            _ => resolve(value?.ToString()),
        };
        return !isImageTyped && tree is null && image is not null && Directory.Exists(image.Value)
            ? (null, image)
            : (image, tree);
    }
}
