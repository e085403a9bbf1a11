namespace VmSpawn.Engine.Configuration;

/// <summary>The manual page's words for <see cref="ConsoleTransport"/>; case matters.</summary>
public static class ConsoleTransportText
{
    /// <summary>Reads <c>virtio</c> or <c>serial</c>.</summary>
    /// <exception cref="Errors.InvalidValueException">It is neither.</exception>
    public static ConsoleTransport Parse(string? text) =>
        text switch
        {
            "virtio" => ConsoleTransport.Virtio,
            "serial" => ConsoleTransport.Serial,
            _ => throw ValueError.Create(
                "console-transport",
                text,
                "there is no such transport",
                "Use virtio or serial."
            ),
        };
}
