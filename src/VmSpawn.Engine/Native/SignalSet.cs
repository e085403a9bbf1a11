using System.Runtime.CompilerServices;

namespace VmSpawn.Engine.Native;

/// <summary>A <c>sigset_t</c>: 1024 bits in both C libraries, bit N-1 for signal N (glibc and musl, bits/types).</summary>
internal struct SignalSet
{
    private Words words;

    /// <summary>Every signal there is; the two that the C library keeps for itself (32, 33) are left out.</summary>
    public static SignalSet All
    {
        get
        {
            var set = default(SignalSet);
            set.words[0] = ~((1UL << 31) | (1UL << 32));
            return set;
        }
    }

    /// <summary>A set of given signals.</summary>
    public static SignalSet Of(params ReadOnlySpan<Signal> signals)
    {
        var set = default(SignalSet);
        foreach (var signal in signals)
        {
            set.words[0] |= 1UL << ((int)signal - 1);
        }

        return set;
    }

    [InlineArray(16)]
    private struct Words
    {
        private ulong first;
    }
}
