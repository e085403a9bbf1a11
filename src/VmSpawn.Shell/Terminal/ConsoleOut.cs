using System.Text;

namespace VmSpawn.Shell.Terminal;

/// <summary>
/// What scripts find as <c>[Console]::Out</c>: the text goes out as it is, but past the same gate as all other output, so
/// that it does not land in the progress lines.
/// </summary>
internal sealed class ConsoleOut(TerminalWriter writer) : TextWriter
{
    public override Encoding Encoding => Console.OutputEncoding;

    public override void Write(char value) => writer.WriteVerbatim(value.ToString());

    public override void Write(string? value) => writer.WriteVerbatim(value ?? "");

    public override void Write(char[] buffer, int index, int count) =>
        writer.WriteVerbatim(new string(buffer, index, count));

    public override void WriteLine(string? value) => writer.WriteVerbatim(value + CoreNewLine[0]);
}
