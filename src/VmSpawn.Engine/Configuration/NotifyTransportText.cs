namespace VmSpawn.Engine.Configuration;

/// <summary>Words for <see cref="NotifyTransport"/>; case does not matter.</summary>
public static class NotifyTransportText
{
    /// <summary>Reads <c>auto</c> (or nothing), <c>vsock</c>, <c>virtio-serial</c> (or <c>serial</c>), <c>none</c> (or <c>no</c>).</summary>
    /// <exception cref="Errors.InvalidValueException">It is none of them.</exception>
    public static NotifyTransport Parse(string? text) =>
        (text ?? "").ToLowerInvariant() switch
        {
            "" or "auto" => NotifyTransport.Auto,
            "vsock" => NotifyTransport.Vsock,
            "virtio-serial" or "virtioserial" or "serial" => NotifyTransport.VirtioSerial,
            "none" or "no" or "off" => NotifyTransport.None,
            _ => throw ValueError.Create(
                "notify-transport",
                text,
                "there is no such way",
                "Use auto, vsock, virtio-serial or none."
            ),
        };

    /// <summary>The word.</summary>
    public static string Format(NotifyTransport transport) =>
        transport is NotifyTransport.VirtioSerial ? "virtio-serial" : transport.ToString().ToLowerInvariant();
}
