namespace VmSpawn.Engine.Arguments;

/// <summary>
/// <c>--secure-boot=</c>. Since systemd 261 it is a short way to name the firmware feature <c>secure-boot</c>, so that
/// it and <see cref="FirmwareFeatureBinding"/> change one thing, and the last of them wins (the spec, section 11.1).
/// </summary>
internal sealed class SecureBootBinding() : TristateBinding(ParameterName)
{
    /// <summary>The parameter both options change.</summary>
    public const string ParameterName = "SecureBoot";
}
