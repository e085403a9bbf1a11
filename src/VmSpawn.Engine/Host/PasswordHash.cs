using System.Security.Cryptography;
using System.Text;
using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Native;

namespace VmSpawn.Engine.Host;

/// <summary>Hashes of passwords as <c>/etc/shadow</c> of a guest holds them (crypt(5)).</summary>
public static class PasswordHash
{
    private const string Option = "root password";

    /// <summary>Hashes a password with a fresh salt; copies of the clear text are overwritten.</summary>
    /// <param name="password">The password.</param>
    /// <exception cref="VmSpawnException">
    /// It cannot be a password (<c>InvalidRootPassword</c>), or there is no libcrypt (<c>LibcryptNotFound</c>).
    /// </exception>
    public static string Create(ReadOnlySpan<char> password) => Create(password, CryptLibrary.Names);

    /// <summary>As before, with other names for the library.</summary>
    internal static string Create(ReadOnlySpan<char> password, IEnumerable<string> libraries)
    {
        if (password.IsEmpty || password.Contains('\0'))
        {
            throw ValueWithout(password.IsEmpty ? "it is empty" : "it holds a NUL");
        }

        // Pinned, so that no collection leaves a copy behind.
        var bytes = GC.AllocateArray<byte>(Encoding.UTF8.GetByteCount(password) + 1, pinned: true);
        try
        {
            Encoding.UTF8.GetBytes(password, bytes);
            return CryptLibrary.TryHash(bytes, libraries, out var hash)
                ? hash ?? throw ValueWithout("libcrypt refuses it, for instance because it is too long")
                : throw new HostRequirementException(
                    "LibcryptNotFound",
                    "libcrypt",
                    "The password cannot be hashed: this system has no libcrypt.",
                    "Install it: apt install libcrypt1, dnf install libxcrypt, or pacman -S libxcrypt; or give a hash: New-VmCredential passwd.hashed-password.root -Value '$y$...'."
                );
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    private static InvalidValueException ValueWithout(string reason) =>
        new("InvalidRootPassword", Option, "...", reason, "Give another password.");
}
