using System.Collections.Immutable;
using System.Text.Json.Serialization;
using VmSpawn.Engine.Images;

namespace VmSpawn.Engine.Planning;

/// <summary>A file that the supervisor makes before QEMU starts, mode 0600, inside the run directory unless said otherwise.</summary>
/// <param name="Path">Absolute path.</param>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(CopiedFile), "copy")]
[JsonDerivedType(typeof(WrittenFile), "write")]
[JsonDerivedType(typeof(JoinedFile), "join")]
[JsonDerivedType(typeof(OverlayFile), "overlay")]
[JsonDerivedType(typeof(CommandFile), "command")]
[JsonDerivedType(typeof(EncodedFile), "encode")]
[JsonDerivedType(typeof(GrownFile), "grow")]
[JsonDerivedType(typeof(ExtractedFile), "extract")]
public abstract record PlannedFile(string Path);

/// <summary>A private copy, such as the NVRAM variable store made from its template.</summary>
/// <param name="Path">Absolute path of the copy.</param>
/// <param name="Source">File to copy.</param>
/// <param name="KeepExisting">True for a store the user keeps: an existing file is used as it is, a new one is never removed.</param>
public sealed record CopiedFile(string Path, string Source, bool KeepExisting = false) : PlannedFile(Path);

/// <summary>A file with given bytes, such as a credential.</summary>
/// <param name="Path">Absolute path.</param>
/// <param name="Content">The bytes.</param>
/// <param name="Secret">True if the bytes must never be shown.</param>
public sealed record WrittenFile(
    string Path,
    [property: JsonConverter(typeof(Base64JsonConverter))] ImmutableArray<byte> Content,
    bool Secret
) : PlannedFile(Path)
{
    /// <summary>The same file without its bytes.</summary>
    public WrittenFile Redacted() => this with { Content = [] };
}

/// <summary>Several files joined, each starting at a multiple of <paramref name="Alignment"/> (zero fill), such as merged initrds.</summary>
/// <param name="Path">Absolute path of the result.</param>
/// <param name="Sources">Files in order.</param>
/// <param name="Alignment">Start of each part in bytes; 4 for initrds, as the kernel's cpio reader demands.</param>
public sealed record JoinedFile(string Path, ImmutableArray<string> Sources, int Alignment) : PlannedFile(Path);

/// <summary>A qcow2 overlay over a base that stays unchanged.</summary>
/// <param name="Path">Absolute path of the overlay.</param>
/// <param name="Base">Backing file.</param>
/// <param name="BaseFormat">QEMU format name of the backing file.</param>
/// <param name="VirtualSize">Size in bytes, or <see langword="null"/> for the base's.</param>
public sealed record OverlayFile(string Path, string Base, string BaseFormat, long? VirtualSize = null)
    : PlannedFile(Path);

/// <summary>A file made by a command that must exit with 0, such as an SSH key by <c>ssh-keygen</c>.</summary>
/// <param name="Path">Absolute path of the file that exists afterwards.</param>
/// <param name="Argv">The whole argument vector, binary first.</param>
public sealed record CommandFile(string Path, ImmutableArray<string> Argv) : PlannedFile(Path);

/// <summary>A text followed by the base64 form of an earlier file's bytes, such as a credential made of a public key.</summary>
/// <param name="Path">Absolute path.</param>
/// <param name="Prefix">The text before.</param>
/// <param name="Source">File whose bytes are encoded (standard alphabet, padded, no line breaks).</param>
public sealed record EncodedFile(string Path, string Prefix, string Source) : PlannedFile(Path);

/// <summary>A regular file of the user's, extended with a hole to a length; never shortened, never removed.</summary>
/// <param name="Path">Absolute path.</param>
/// <param name="Length">Least length in bytes afterwards.</param>
public sealed record GrownFile(string Path, long Length) : PlannedFile(Path);

/// <summary>A copy of a file inside a disk image, such as the kernel of one of its boot entries.</summary>
/// <param name="Path">Absolute path of the copy.</param>
/// <param name="Source">The image.</param>
/// <param name="SourcePath">Path of the file in it, for people.</param>
/// <param name="Extents">Where its bytes are in the image, in order.</param>
/// <param name="RecordOffset">Place in the image of the file's directory record of 32 bytes (FAT).</param>
/// <param name="Record">
/// That record when the plan was made. If anything but the date of the last access has changed, the bytes may belong to
/// another file, and the start fails.
/// </param>
public sealed record ExtractedFile(
    string Path,
    string Source,
    string SourcePath,
    ImmutableArray<DiskExtent> Extents,
    long RecordOffset,
    [property: JsonConverter(typeof(Base64JsonConverter))] ImmutableArray<byte> Record
) : PlannedFile(Path);
