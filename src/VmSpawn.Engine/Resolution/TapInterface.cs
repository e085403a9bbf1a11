using System.Collections.Immutable;
using System.Text;
using VmSpawn.Engine.Configuration;

namespace VmSpawn.Engine.Resolution;

/// <summary>Name and hardware address of a VM's TAP interface, the same on every start (the spec, section 8.10).</summary>
internal static class TapInterface
{
    // IFNAMSIZ counts the final NUL (netdevice(7)).
    private const int LongestName = 15;
    private const int KeptBytes = 11;
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    // The keys are the original's, so that names and addresses are those its users know.
    private static readonly byte[] NameKey = Convert.FromHexString("e190a404a8ef4b518cccc33a9f11fca2");
    private static readonly byte[] MacKey = Convert.FromHexString("01d0c64c2bdf24fbc0f8b2097d59b293");

    /// <summary>Name of the interface on the host; systemd-networkd sets up <c>vt-*</c> by itself.</summary>
    public static string NameOf(string machine)
    {
        var full = $"vt-{machine}";
        if (full.Length <= LongestName)
        {
            return full;
        }

        var hash = SipHash.Compute(NameKey, Encoding.ASCII.GetBytes(full));
        char Letter(int shift) => Alphabet[(int)((hash >> shift) & 63)];
        return full[..KeptBytes] + string.Concat(Letter(18), Letter(12), Letter(6), Letter(0));
    }

    /// <summary>Hardware address of the guest's end: unicast, locally administered.</summary>
    public static MacAddress MacOf(ImmutableArray<byte> machineId, string machine)
    {
        var hash = SipHash.Compute(MacKey, [.. machineId, .. Encoding.ASCII.GetBytes(machine)]);
        Span<byte> bytes = stackalloc byte[6];
        for (var index = 0; index < bytes.Length; index++)
        {
            bytes[index] = (byte)(hash >> (8 * index));
        }

        bytes[0] = (byte)((bytes[0] & 0xfe) | 0x02);
        return MacAddress.FromBytes(bytes);
    }
}
