using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace VmSpawn.Engine.Native;

/// <summary>crypt(3) of the system's libcrypt, which hashes as the guest's login programs check.</summary>
internal static unsafe class CryptLibrary
{
    /// <summary>Names of the library: libxcrypt's own, and the one compatible with glibc's.</summary>
    public static readonly string[] Names = ["libcrypt.so.2", "libcrypt.so.1"];

    // struct crypt_data has 32 KiB in libxcrypt and 128 KiB in glibc's old libcrypt; zeros make it fresh (crypt_r(3)).
    private const int StateSize = 256 * 1024;

    // CRYPT_GENSALT_OUTPUT_SIZE of crypt.h.
    private const int SettingSize = 192;
    private const string SaltLetters = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    /// <summary>Hashes a password.</summary>
    /// <param name="password">Its bytes with a NUL behind.</param>
    /// <param name="libraries">Names of the library to try.</param>
    /// <param name="hash">The hash, or <see langword="null"/> if the library refuses the password.</param>
    /// <returns>False if there is no such library.</returns>
    public static bool TryHash(ReadOnlySpan<byte> password, IEnumerable<string> libraries, out string? hash)
    {
        hash = null;
        foreach (var name in libraries)
        {
            if (!NativeLibrary.TryLoad(name, out var library))
            {
                continue;
            }

            // It stays loaded: there is one, and unloading a library that others may use as well gains nothing.
            if (NativeLibrary.TryGetExport(library, "crypt_r", out var crypt))
            {
                hash = Hash(password, Setting(library), (delegate* unmanaged<byte*, byte*, byte*, byte*>)crypt);
                return true;
            }
        }

        return false;
    }

    private static string? Hash(
        ReadOnlySpan<byte> password,
        byte[] setting,
        delegate* unmanaged<byte*, byte*, byte*, byte*> crypt
    )
    {
        var state = (byte*)NativeMemory.AllocZeroed(StateSize);
        try
        {
            fixed (byte* phrase = password)
            fixed (byte* salt = setting)
            {
                var result = Marshal.PtrToStringUTF8((nint)crypt(phrase, salt, state));
                // A failure is null, or text that no hash begins with.
                return string.IsNullOrEmpty(result) || result.StartsWith('*') ? null : result;
            }
        }
        finally
        {
            CryptographicOperations.ZeroMemory(new Span<byte>(state, StateSize));
            NativeMemory.Free(state);
        }
    }

    // yescrypt with a salt from the kernel where the library has it, else SHA-512.
    private static byte[] Setting(nint library)
    {
        if (NativeLibrary.TryGetExport(library, "crypt_gensalt_rn", out var address))
        {
            var generate = (delegate* unmanaged<byte*, nuint, byte*, int, byte*, int, byte*>)address;
            var setting = new byte[SettingSize];
            fixed (byte* prefix = "$y$\0"u8)
            fixed (byte* output = setting)
            {
                if (generate(prefix, 0, null, 0, output, SettingSize) != null)
                {
                    return setting;
                }
            }
        }

        return Encoding.ASCII.GetBytes($"$6${RandomNumberGenerator.GetString(SaltLetters, 16)}\0");
    }
}
