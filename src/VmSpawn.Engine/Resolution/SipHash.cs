using System.Buffers.Binary;
using System.Numerics;

namespace VmSpawn.Engine.Resolution;

/// <summary>
/// SipHash-2-4 by Aumasson and Bernstein ("SipHash: a fast short-input PRF", 2012), by which the original derives
/// identifiers from names.
/// </summary>
internal static class SipHash
{
    /// <summary>The 64-bit hash of data under a key of 16 bytes.</summary>
    public static ulong Compute(ReadOnlySpan<byte> key, ReadOnlySpan<byte> data)
    {
        var k0 = BinaryPrimitives.ReadUInt64LittleEndian(key);
        var k1 = BinaryPrimitives.ReadUInt64LittleEndian(key[8..]);

        // "somepseudorandomlygeneratedbytes", as the paper has it.
        var state = new State
        {
            V0 = k0 ^ 0x736f6d6570736575,
            V1 = k1 ^ 0x646f72616e646f6d,
            V2 = k0 ^ 0x6c7967656e657261,
            V3 = k1 ^ 0x7465646279746573,
        };

        var rest = data;
        for (; rest.Length >= 8; rest = rest[8..])
        {
            state.Absorb(BinaryPrimitives.ReadUInt64LittleEndian(rest));
        }

        // The last word holds what is left, and the length in its highest byte.
        var last = (ulong)(byte)data.Length << 56;
        for (var index = 0; index < rest.Length; index++)
        {
            last |= (ulong)rest[index] << (8 * index);
        }

        state.Absorb(last);
        return state.Finish();
    }

    private struct State
    {
        public ulong V0;
        public ulong V1;
        public ulong V2;
        public ulong V3;

        public void Absorb(ulong word)
        {
            V3 ^= word;
            Round();
            Round();
            V0 ^= word;
        }

        public ulong Finish()
        {
            V2 ^= 0xff;
            for (var round = 0; round < 4; round++)
            {
                Round();
            }

            return V0 ^ V1 ^ V2 ^ V3;
        }

        private void Round()
        {
            V0 += V1;
            V1 = BitOperations.RotateLeft(V1, 13) ^ V0;
            V0 = BitOperations.RotateLeft(V0, 32);
            V2 += V3;
            V3 = BitOperations.RotateLeft(V3, 16) ^ V2;
            V0 += V3;
            V3 = BitOperations.RotateLeft(V3, 21) ^ V0;
            V2 += V1;
            V1 = BitOperations.RotateLeft(V1, 17) ^ V2;
            V2 = BitOperations.RotateLeft(V2, 32);
        }
    }
}
