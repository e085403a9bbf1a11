namespace VmSpawn.Engine.Configuration;

/// <summary>An extra drive: <c>[FORMAT:][TYPE:]PATH</c>.</summary>
/// <param name="Path">Image or block device.</param>
/// <param name="Format">Its format, or <see langword="null"/> if none was given.</param>
/// <param name="Type">Its device, or <see langword="null"/> for that of the image.</param>
public sealed record DriveSpec(HostPath Path, DiskFormat? Format = null, DiskType? Type = null)
{
    private const string Option = "extra-drive";

    /// <summary>
    /// Reads the prefixes in any order, the last of a kind wins; the first word that is neither a format nor a type
    /// begins the path, so that a path may contain colons.
    /// </summary>
    /// <exception cref="Errors.InvalidValueException">There is no path.</exception>
    public static DriveSpec Parse(string? text, string baseDirectory)
    {
        var rest = text ?? "";
        DiskFormat? format = null;
        DiskType? type = null;
        for (var colon = rest.IndexOf(':'); colon >= 0; colon = rest.IndexOf(':'))
        {
            var word = rest[..colon];
            if (DiskFormatText.TryParse(word, out var givenFormat))
            {
                format = givenFormat;
            }
            else if (DiskTypeText.TryParse(word, out var givenType))
            {
                type = givenType;
            }
            else
            {
                break;
            }

            rest = rest[(colon + 1)..];
        }

        return rest.Length == 0
            ? throw ValueError.Create(
                Option,
                text,
                "it names no file",
                "Use [FORMAT:][TYPE:]PATH, such as data.raw or qcow2:nvme:data.qcow2."
            )
            : new DriveSpec(HostPath.Resolve(rest, baseDirectory, Option), format, type);
    }

    /// <summary>The text that gives this drive again.</summary>
    public override string ToString() =>
        (Format is { } format ? DiskFormatText.Format(format) + ":" : "")
        + (Type is { } type ? DiskTypeText.Format(type) + ":" : "")
        + Path;
}
