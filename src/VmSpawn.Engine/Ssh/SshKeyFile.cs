namespace VmSpawn.Engine.Ssh;

/// <summary>What may be known of an SSH key; the private half stays in its file.</summary>
/// <param name="Type">Type as <c>ssh-keygen -t</c> takes it, such as <c>ed25519</c>.</param>
/// <param name="Bits">Size in bits.</param>
/// <param name="Path">Absolute path of the private half.</param>
/// <param name="PublicKey">The public half, as one line of an <c>authorized_keys</c> file without its end.</param>
/// <param name="Fingerprint">SHA-256 of the public half as <c>ssh-keygen -l</c> prints it, <c>SHA256:...</c>.</param>
public sealed record SshKeyFile(string Type, int Bits, string Path, string PublicKey, string Fingerprint);
