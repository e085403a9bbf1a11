using VmSpawn.Engine.Ssh;

namespace VmSpawn.Output;

/// <summary>Turns the engine's SSH key into the object that is written to the pipeline.</summary>
internal static class SshKeyFactory
{
    /// <summary>The object.</summary>
    public static SshKey Create(SshKeyFile key) =>
        new()
        {
            Type = key.Type,
            Bits = key.Bits,
            Path = key.Path,
            PublicKey = key.PublicKey,
            Fingerprint = key.Fingerprint,
        };
}
