using System.Collections.Immutable;
using System.Text;
using VmSpawn.Engine.Errors;

namespace VmSpawn.Engine.Configuration;

/// <summary>A directory of the host that the guest mounts: <c>SOURCE[:TARGET]</c>.</summary>
/// <param name="Source">Absolute path on the host, as it was given.</param>
/// <param name="Target">Absolute path in the guest, as it was given.</param>
/// <param name="IsReadOnly">True if the guest cannot write.</param>
public sealed record BindMount(string Source, string Target, bool IsReadOnly)
{
    /// <summary>User ids of the guest and the host's ids that stand for them; empty if they are the same.</summary>
    public ImmutableArray<IdRange> UidMap { get; init; } = [];

    /// <summary>Group ids likewise.</summary>
    public ImmutableArray<IdRange> GidMap { get; init; } = [];

    /// <summary>A mount of two paths that are known apart.</summary>
    /// <param name="source">Absolute path on the host.</param>
    /// <param name="target">Absolute path in the guest, or <see langword="null"/> for the same one.</param>
    /// <param name="readOnly">True if the guest cannot write.</param>
    /// <exception cref="InvalidValueException">The target is not absolute.</exception>
    public static BindMount Create(HostPath source, string? target, bool readOnly) =>
        new(source.Value, CheckTarget(target ?? source.Value, target, "target"), readOnly);

    /// <summary>
    /// Reads the two paths. The first colon without a backslash before it separates them; in the source a backslash
    /// quotes the next character, the target is taken as it is (the spec, section 9).
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="readOnly">True for the read-only option.</param>
    /// <param name="baseDirectory">Absolute path of the directory that a relative source starts from.</param>
    /// <exception cref="InvalidValueException">A path is missing, or the target is not absolute.</exception>
    public static BindMount Parse(string? text, bool readOnly, string baseDirectory)
    {
        var option = readOnly ? "bind-ro" : "bind";
        var (source, target) = Split(text ?? "", text, option);
        if (source.Length == 0)
        {
            throw Invalid(option, text, "it names no source");
        }

        if (target is null && source[0] != '/')
        {
            throw Invalid(option, text, "a relative source needs a target");
        }

        target = CheckTarget(target ?? source, text, option);
        return new BindMount(source[0] == '/' ? source : $"{baseDirectory.TrimEnd('/')}/{source}", target, readOnly);
    }

    private static string CheckTarget(string target, string? text, string option) =>
        target.Length > 0 && target[0] == '/' && !target.Contains('\0')
            ? target
            : throw Invalid(option, text, $"the target '{target}' is no absolute path");

    private static (string Source, string? Target) Split(string text, string? whole, string option)
    {
        var source = new StringBuilder();
        for (var index = 0; index < text.Length; index++)
        {
            var c = text[index];
            if (c == ':')
            {
                return (source.ToString(), text[(index + 1)..]);
            }

            if (c == '\\' && ++index == text.Length)
            {
                throw Invalid(option, whole, "it ends with a backslash that quotes nothing");
            }

            if (text[index] == '\0')
            {
                throw Invalid(option, whole, "a path cannot contain a NUL");
            }

            source.Append(text[index]);
        }

        return (source.ToString(), null);
    }

    private static InvalidValueException Invalid(string option, string? text, string reason) =>
        ValueError.Create(option, text, reason, @"Use SOURCE or SOURCE:TARGET; write \: for a colon in the source.");
}
