using System.Buffers;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text;
using VmSpawn.Engine.Errors;

namespace VmSpawn.Engine.Configuration;

/// <summary>A credential for the guest: its bytes, or where they are read from when the VM is resolved.</summary>
public sealed record CredentialSpec
{
    private const string SetOption = "set-credential";
    private const string LoadOption = "load-credential";

    private CredentialSpec(CredentialId id, ImmutableArray<byte>? content, string? source)
    {
        Id = id;
        Content = content;
        Source = source;
    }

    /// <summary>Its identifier.</summary>
    public CredentialId Id { get; }

    /// <summary>Its bytes, or <see langword="null"/> if they are read from <see cref="Source"/>.</summary>
    public ImmutableArray<byte>? Content { get; }

    /// <summary>Absolute path of a file, or the name of a credential that was passed to this process.</summary>
    public string? Source { get; }

    /// <summary>A credential of given bytes.</summary>
    public static CredentialSpec FromBytes(CredentialId id, ImmutableArray<byte> content) => new(id, content, null);

    /// <summary>A credential read from a file.</summary>
    public static CredentialSpec FromFile(CredentialId id, HostPath path) => new(id, null, path.Value);

    /// <summary>Reads <c>ID:VALUE</c>; C escapes in the value are decoded (the spec, section 6.2).</summary>
    /// <exception cref="InvalidValueException">It is no such text; the value is not in the error, it may be a secret.</exception>
    public static CredentialSpec ParseSet(string? text)
    {
        var (id, value) = Split(text, SetOption);
        return FromEscapedText(id, value, SetOption);
    }

    /// <summary>A credential of a text's UTF-8 bytes, its C escapes decoded (the spec, section 6.2).</summary>
    /// <exception cref="InvalidValueException">An escape is unknown or unfinished, or it is no text; it is not in the error.</exception>
    public static CredentialSpec FromEscapedText(CredentialId id, string text, string option)
    {
        RefuseHalfCharacters(id, text, option);
        return CEscape.TryDecode(text, out var content)
            ? FromBytes(id, content)
            : throw ValueError.Create(
                option,
                id.Value,
                "its value holds a bad escape",
                @"Use C escapes such as \n, \x00 or \u00e9, and \\ for a backslash."
            );
    }

    /// <summary>A credential of a text's UTF-8 bytes.</summary>
    /// <exception cref="InvalidValueException">It is no text; it is not in the error.</exception>
    public static CredentialSpec FromText(CredentialId id, ReadOnlySpan<char> text, string option)
    {
        RefuseHalfCharacters(id, text, option);
        // Encoded in place, so that no copy of a secret is left behind.
        var content = new byte[Encoding.UTF8.GetByteCount(text)];
        Encoding.UTF8.GetBytes(text, content);
        return FromBytes(id, ImmutableCollectionsMarshal.AsImmutableArray(content));
    }

    /// <summary>Reads <c>ID:PATH</c>, or <c>ID:NAME</c> for a credential of this process (the spec, section 6.3).</summary>
    /// <exception cref="InvalidValueException">It is no such text.</exception>
    public static CredentialSpec ParseLoad(string? text, string baseDirectory)
    {
        var (id, source) = Split(text, LoadOption);
        if (source.Contains('/'))
        {
            return FromFile(id, HostPath.Resolve(source, baseDirectory, LoadOption));
        }

        return CredentialId.TryParse(source, out _)
            ? new CredentialSpec(id, null, source)
            : throw ValueError.Create(
                LoadOption,
                text,
                $"its source '{source}' is neither a path nor the name of a credential",
                "Use ID:PATH, the path absolute or with a slash in it."
            );
    }

    /// <summary>The identifier; the bytes are not shown.</summary>
    public override string ToString() => Id.Value;

    // Half of a surrogate pair has no bytes; another character would take its place.
    private static void RefuseHalfCharacters(CredentialId id, ReadOnlySpan<char> text, string option)
    {
        while (!text.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(text, out _, out var length) is not OperationStatus.Done)
            {
                throw ValueError.Create(
                    option,
                    id.Value,
                    "its value holds half of a surrogate pair, which has no bytes",
                    "Give whole characters, or bytes."
                );
            }

            text = text[length..];
        }
    }

    // The first colon without a backslash before it ends the identifier.
    private static (CredentialId Id, string Value) Split(string? text, string option)
    {
        var id = new StringBuilder();
        var whole = text ?? "";
        for (var index = 0; index < whole.Length; index++)
        {
            if (whole[index] == ':')
            {
                return (CredentialId.Parse(id.ToString(), option), whole[(index + 1)..]);
            }

            if (whole[index] == '\\' && index + 1 < whole.Length)
            {
                index++;
            }

            id.Append(whole[index]);
        }

        // What is there may be the secret itself, its name forgotten.
        throw ValueError.Create(
            option,
            option == SetOption ? "..." : text,
            "there is no colon behind a name",
            option == SetOption ? "Use ID:VALUE." : "Use ID:PATH."
        );
    }
}
