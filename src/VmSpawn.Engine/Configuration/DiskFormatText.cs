namespace VmSpawn.Engine.Configuration;

/// <summary>QEMU's names of the disk formats; case matters.</summary>
public static class DiskFormatText
{
    /// <summary>Reads <c>raw</c>, <c>qcow2</c>, <c>vmdk</c>, <c>vhdx</c> or <c>vdi</c>.</summary>
    public static bool TryParse(string? text, out DiskFormat value)
    {
        foreach (var format in Enum.GetValues<DiskFormat>())
        {
            if (Format(format) == text)
            {
                value = format;
                return true;
            }
        }

        value = default;
        return false;
    }

    /// <summary>As <see cref="TryParse"/>, with a typed error.</summary>
    /// <exception cref="Errors.InvalidValueException">It is none of them.</exception>
    public static DiskFormat Parse(string? text, string option = "image-format") =>
        TryParse(text, out var value)
            ? value
            : throw ValueError.Create(
                option,
                text,
                "there is no such image format",
                "Use raw, qcow2, vmdk, vhdx or vdi."
            );

    /// <summary>QEMU's name of the format, which is also that of its block driver.</summary>
    public static string Format(DiskFormat format) => format.ToString().ToLowerInvariant();
}
