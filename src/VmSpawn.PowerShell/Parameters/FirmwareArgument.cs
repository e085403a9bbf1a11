using System.Management.Automation;
using VmSpawn.Engine.Configuration;

namespace VmSpawn.Parameters;

/// <summary>Reads the value of <c>-Firmware</c>.</summary>
internal static class FirmwareArgument
{
    /// <summary>
    /// A word (<c>auto</c>, <c>uefi</c>, <c>bios</c>, <c>none</c>), or the path of a descriptor. As in the manual page a
    /// path must not look like a word: it contains a slash. The engine refuses the rest.
    /// </summary>
    public static FirmwareChoice Parse(PSCmdlet cmdlet, string? value) =>
        string.IsNullOrEmpty(value) ? FirmwareChoice.Auto
        : value.Contains('/') ? FirmwareChoice.FromDescriptor(PathArgument.Resolve(cmdlet, value, "firmware"))
        : FirmwareChoice.Parse(value, cmdlet.SessionState.Path.CurrentFileSystemLocation.ProviderPath);
}
