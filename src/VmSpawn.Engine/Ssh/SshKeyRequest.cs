using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Errors;

namespace VmSpawn.Engine.Ssh;

/// <summary>An SSH key that is wanted.</summary>
public sealed record SshKeyRequest
{
    private const string Option = "bits";

    // ssh-keygen(1), -b: keys of these types have one size.
    private static readonly string[] FixedTypes = ["ed25519", "ed25519-sk", "ecdsa-sk"];

    /// <summary>Its type, checked by <see cref="SshKeyType.Parse"/>.</summary>
    public string Type { get; init; } = SshKeyType.Default;

    /// <summary>Its size in bits, or <see langword="null"/> for the usual one of its type.</summary>
    public int? Bits { get; init; }

    /// <summary>What stands behind the public half to tell it from others; a single line.</summary>
    public string Comment { get; init; } = "VmSpawn";

    /// <summary>Where it is kept, or <see langword="null"/> for one that goes with this process.</summary>
    public HostPath? Path { get; init; }

    /// <summary>Refuses what <c>ssh-keygen</c> would not take, or would take for something else.</summary>
    /// <exception cref="InvalidValueException"><c>InvalidBits</c> or <c>InvalidComment</c>.</exception>
    public void Check()
    {
        if (Bits is { } bits)
        {
            var text = $"{bits}";
            if (FixedTypes.Contains(Type))
            {
                throw ValueError.Create(Option, text, $"keys of type {Type} have one size", "Leave -Bits out.");
            }

            if (Type == "ecdsa" && bits is not (256 or 384 or 521))
            {
                throw ValueError.Create(Option, text, "keys of type ecdsa have none like it", "Use 256, 384 or 521.");
            }

            // OpenSSH's limits: SSH_RSA_MINIMUM_MODULUS_SIZE and OPENSSL_RSA_MAX_MODULUS_BITS.
            if (bits is < 256 or > 16384 || (Type == "rsa" && bits < 1024))
            {
                throw ValueError.Create(
                    Option,
                    text,
                    "no key has that size",
                    "Use 1024 to 16384 for rsa; 3072 is usual."
                );
            }
        }

        if (Comment.Any(char.IsControl))
        {
            throw ValueError.Create("comment", Comment, "it is more than one line of text", "Use a single line.");
        }
    }
}
