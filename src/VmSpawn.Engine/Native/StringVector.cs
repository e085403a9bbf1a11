using System.Runtime.InteropServices;
using System.Text;

namespace VmSpawn.Engine.Native;

/// <summary>A NULL-terminated array of C strings in one block, such as an argument vector.</summary>
internal sealed unsafe class StringVector : IDisposable
{
    private void* block;

    /// <summary>Copies the strings.</summary>
    /// <exception cref="ArgumentException">One of them contains a NUL, which would cut it short.</exception>
    public StringVector(IReadOnlyCollection<string> strings)
    {
        var pointers = (nuint)(strings.Count + 1) * (nuint)sizeof(byte*);
        var bytes = (nuint)strings.Sum(text => Encoding.UTF8.GetByteCount(text) + 1);
        block = NativeMemory.Alloc(pointers + bytes);
        var entry = (byte**)block;
        var end = (byte*)block + pointers + bytes;
        var next = (byte*)block + pointers;
        foreach (var text in strings)
        {
            if (text.Contains('\0', StringComparison.Ordinal))
            {
                Dispose();
                throw new ArgumentException("A word of a command line contains a NUL.", nameof(strings));
            }

            *entry++ = next;
            next += Encoding.UTF8.GetBytes(text, new Span<byte>(next, (int)(end - next)));
            *next++ = 0;
        }

        *entry = null;
    }

    /// <summary>The array; valid until disposal.</summary>
    public byte** Pointer => (byte**)block;

    /// <inheritdoc/>
    public void Dispose()
    {
        NativeMemory.Free(block);
        block = null;
    }
}
