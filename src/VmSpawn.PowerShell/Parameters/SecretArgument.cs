using System.Collections;
using System.Collections.Immutable;
using System.Management.Automation;
using System.Runtime.InteropServices;
using System.Security;
using System.Security.Cryptography;
using VmSpawn.Engine.Errors;

namespace VmSpawn.Parameters;

/// <summary>
/// Reads parameters that hold secrets. They are objects by type: PowerShell's own errors of conversion would show the
/// value, those made here name its type alone.
/// </summary>
internal static class SecretArgument
{
    /// <summary>Bytes, or numbers that are bytes.</summary>
    /// <exception cref="InvalidValueException">They are something else.</exception>
    public static ImmutableArray<byte> Bytes(object? value, string option)
    {
        var unwrapped = Unwrap(value);
        if (unwrapped is byte[] bytes)
        {
            return [.. bytes];
        }

        var items = unwrapped is IEnumerable list and not string ? list.Cast<object?>() : [unwrapped];
        return
        [
            .. items.Select(item =>
                Unwrap(item) switch
                {
                    byte number => number,
                    int number and >= byte.MinValue and <= byte.MaxValue => (byte)number,
                    _ => throw Refuse(
                        option,
                        unwrapped,
                        "it is not bytes",
                        "Give a byte array, or numbers from 0 to 255."
                    ),
                }
            ),
        ];
    }

    /// <summary>A secure string, or the password of a PowerShell credential.</summary>
    /// <exception cref="InvalidValueException">It is something else.</exception>
    public static SecureString Secure(object? value, string option) =>
        Unwrap(value) switch
        {
            SecureString secret => secret,
            PSCredential credential => credential.Password,
            var other => throw Refuse(
                option,
                other,
                "it is no secure string",
                "Use Read-Host -AsSecureString, Get-Credential, or what a secret store gives."
            ),
        };

    /// <summary>Root's password.</summary>
    /// <exception cref="InvalidValueException">It is neither a secure string nor a PowerShell credential.</exception>
    /// <exception cref="VmSpawnException">The credential is another user's (<c>RootPasswordOfOther</c>).</exception>
    public static SecureString RootPassword(object? value) =>
        Unwrap(value) is PSCredential { UserName: not "root" } other
            ? throw new VmSpawnException(
                "RootPasswordOfOther",
                VmErrorKind.InvalidArgument,
                $"The credential is that of '{other.UserName}', not of root.",
                other.UserName,
                "Use Get-Credential root, or give the password alone: -RootPassword $credential.Password."
            )
            : Secure(value, "root password");

    /// <summary>Does something with the clear text, which is gone afterwards.</summary>
    public static T Reveal<T>(SecureString secret, Func<ArraySegment<char>, T> use)
    {
        // Pinned, so that no collection leaves a copy behind.
        var text = GC.AllocateArray<char>(secret.Length, pinned: true);
        var pointer = Marshal.SecureStringToGlobalAllocUnicode(secret);
        try
        {
            Marshal.Copy(pointer, text, 0, text.Length);
            return use(text);
        }
        finally
        {
            Marshal.ZeroFreeGlobalAllocUnicode(pointer);
            CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(text.AsSpan()));
        }
    }

    private static InvalidValueException Refuse(string option, object? value, string reason, string hint) =>
        new(option, value?.GetType().ToString(), reason, hint);

    private static object? Unwrap(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;
}
