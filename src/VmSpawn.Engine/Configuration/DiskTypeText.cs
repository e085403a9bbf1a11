namespace VmSpawn.Engine.Configuration;

/// <summary>The manual page's words for <see cref="DiskType"/>; case matters.</summary>
public static class DiskTypeText
{
    /// <summary>Reads <c>virtio-blk</c>, <c>virtio-scsi</c>, <c>nvme</c> or <c>scsi-cd</c>.</summary>
    public static bool TryParse(string? text, out DiskType value)
    {
        foreach (var type in Enum.GetValues<DiskType>())
        {
            if (Format(type) == text)
            {
                value = type;
                return true;
            }
        }

        value = default;
        return false;
    }

    /// <summary>As <see cref="TryParse"/>, with a typed error.</summary>
    /// <exception cref="Errors.InvalidValueException">It is none of them.</exception>
    public static DiskType Parse(string? text, string option = "image-disk-type") =>
        TryParse(text, out var value)
            ? value
            : throw ValueError.Create(
                option,
                text,
                "there is no such disk type",
                "Use virtio-blk, virtio-scsi, nvme or scsi-cd."
            );

    /// <summary>The manual page's word.</summary>
    public static string Format(DiskType type) =>
        type switch
        {
            DiskType.VirtioBlk => "virtio-blk",
            DiskType.VirtioScsi => "virtio-scsi",
            DiskType.Nvme => "nvme",
            _ => "scsi-cd",
        };
}
