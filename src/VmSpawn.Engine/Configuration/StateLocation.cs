namespace VmSpawn.Engine.Configuration;

/// <summary>Where state that could outlive a VM is kept: nowhere, beside the image, or at a path.</summary>
public sealed record StateLocation
{
    private StateLocation(bool besideImage, HostPath? path)
    {
        IsBesideImage = besideImage;
        Path = path;
    }

    /// <summary>Nowhere: it ends with the VM.</summary>
    public static StateLocation Temporary { get; } = new(besideImage: false, null);

    /// <summary>In a file beside the image or directory; nowhere for an ephemeral VM.</summary>
    public static StateLocation BesideImage { get; } = new(besideImage: true, null);

    /// <summary>True for <see cref="BesideImage"/>.</summary>
    public bool IsBesideImage { get; }

    /// <summary>The path, or <see langword="null"/>.</summary>
    public HostPath? Path { get; }

    /// <summary>At a path.</summary>
    public static StateLocation At(HostPath path) => new(besideImage: false, path);

    /// <summary>
    /// Reads empty or false (temporary), <c>auto</c> or true (beside the image), or a path, absolute or starting with
    /// <c>./</c>.
    /// </summary>
    /// <exception cref="Errors.InvalidValueException">It is none of them.</exception>
    public static StateLocation Parse(string? text, string baseDirectory, string option)
    {
        if (string.IsNullOrEmpty(text))
        {
            return Temporary;
        }

        if (text == "auto")
        {
            return BesideImage;
        }

        if (BooleanText.TryParse(text, out var keep))
        {
            return keep ? BesideImage : Temporary;
        }

        return At(HostPath.ResolveMarked(text, baseDirectory, option));
    }

    /// <summary>The text that gives this location again.</summary>
    public override string ToString() => Path?.Value ?? (IsBesideImage ? "auto" : "off");
}
