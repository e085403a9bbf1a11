using VmSpawn.Engine.Errors;

namespace VmSpawn.Engine.Configuration;

/// <summary>Words for the guest's kernel command line.</summary>
public static class KernelArgument
{
    /// <summary>Checks one word; blanks and commas are fine, a NUL or a line break cannot be carried.</summary>
    /// <exception cref="InvalidValueException">It contains one.</exception>
    public static string Parse(string? text) =>
        text is not null && text.IndexOfAny(['\0', '\n', '\r']) < 0
            ? text
            : throw ValueError.Create(
                "kernel argument",
                text,
                "the kernel command line is one line",
                "Remove the line break or NUL."
            );
}
