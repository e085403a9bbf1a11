using System.Security.Cryptography;
using VmSpawn.Engine.Configuration;
using VmSpawn.Engine.Host;

namespace VmSpawn.Engine.Resolution;

/// <summary>The VM generation identifier (the spec, section 2.4).</summary>
internal static class GenerationId
{
    // Application id of the original, so that the same invocation gives the same identifier.
    private static readonly byte[] ApplicationId = Convert.FromHexString("bd846de3e47d4b6ca6854a870f3ca3a0");

    /// <summary>Derived from the service manager's invocation, or random where there is none.</summary>
    public static Guid Create(IHost host)
    {
        Span<byte> bytes = stackalloc byte[32];
        if (MachineUuid.TryParseId(host.GetEnvironmentVariable("INVOCATION_ID"), out var invocation))
        {
            HMACSHA256.HashData(invocation.ToByteArray(bigEndian: true), ApplicationId, bytes);
        }
        else
        {
            host.FillRandom(bytes);
        }

        // Version 4 and the RFC 4122 variant.
        bytes[6] = (byte)((bytes[6] & 0x0f) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3f) | 0x80);
        return new Guid(bytes[..16], bigEndian: true);
    }
}
