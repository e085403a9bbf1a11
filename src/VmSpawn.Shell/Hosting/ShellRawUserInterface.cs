using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Management.Automation.Internal;
using VmSpawn.Shell.Terminal;

namespace VmSpawn.Shell.Hosting;

/// <summary>The terminal as the engine measures it. A terminal has no buffer of cells that could be read back.</summary>
internal sealed class ShellRawUserInterface(TerminalWriter writer) : PSHostRawUserInterface
{
    private string title = "";

    public override ConsoleColor ForegroundColor { get; set; } = TextColor.Unset;

    public override ConsoleColor BackgroundColor { get; set; } = TextColor.Unset;

    public override Size BufferSize
    {
        get => new(writer.Traits.Width, writer.Traits.Height);
        set => throw Unsupported();
    }

    public override Size WindowSize
    {
        get => BufferSize;
        set => throw Unsupported();
    }

    public override Size MaxPhysicalWindowSize => BufferSize;

    public override Size MaxWindowSize => BufferSize;

    public override Coordinates WindowPosition
    {
        get => new(0, 0);
        set => throw Unsupported();
    }

    public override int CursorSize
    {
        get => 100;
        set => throw Unsupported();
    }

    public override Coordinates CursorPosition
    {
        get
        {
            RequireTerminal();
            var (left, top) = Console.GetCursorPosition();
            return new Coordinates(left, top);
        }
        set
        {
            RequireTerminal();
            Console.SetCursorPosition(value.X, value.Y);
        }
    }

    public override bool KeyAvailable => writer.Traits.InputIsTerminal && Console.KeyAvailable;

    public override string WindowTitle
    {
        get => title;
        set
        {
            title = value;
            if (writer.Traits.ColorsOutput)
            {
                // OSC 0 sets the title, BEL ends it (xterm control sequences).
                writer.Write($"\e]0;{new string([.. value.Where(c => !char.IsControl(c))])}\a");
            }
        }
    }

    /// <summary>Columns of a text on the terminal: escape sequences take none, wide characters take two.</summary>
    public override int LengthInBufferCells(string source)
    {
        var plain = source.Contains('\e') ? new StringDecorated(source).ToString(OutputRendering.PlainText) : source;
        return plain.EnumerateRunes().Sum(rune => Columns(rune.Value));
    }

    public override int LengthInBufferCells(string source, int offset) => LengthInBufferCells(source[offset..]);

    public override int LengthInBufferCells(char source) => Columns(source);

    public override void FlushInputBuffer()
    {
        while (KeyAvailable)
        {
            Console.ReadKey(intercept: true);
        }
    }

    public override KeyInfo ReadKey(ReadKeyOptions options)
    {
        RequireTerminal();
        var key = Console.ReadKey(options.HasFlag(ReadKeyOptions.NoEcho));
        ControlKeyStates state = default;
        state |= key.Modifiers.HasFlag(ConsoleModifiers.Control) ? ControlKeyStates.LeftCtrlPressed : default;
        state |= key.Modifiers.HasFlag(ConsoleModifiers.Shift) ? ControlKeyStates.ShiftPressed : default;
        state |= key.Modifiers.HasFlag(ConsoleModifiers.Alt) ? ControlKeyStates.LeftAltPressed : default;
        return new KeyInfo((int)key.Key, key.KeyChar, state, keyDown: true);
    }

    public override BufferCell[,] GetBufferContents(Rectangle rectangle) => throw Unsupported();

    public override void SetBufferContents(Coordinates origin, BufferCell[,] contents) => throw Unsupported();

    /// <summary>Supported for the one use that Clear-Host makes of it: everything becomes blank.</summary>
    public override void SetBufferContents(Rectangle rectangle, BufferCell fill)
    {
        if (rectangle is not { Left: -1, Top: -1, Right: -1, Bottom: -1 } || fill.Character != ' ')
        {
            throw Unsupported();
        }

        writer.Write("\e[H\e[2J");
    }

    public override void ScrollBufferContents(
        Rectangle source,
        Coordinates destination,
        Rectangle clip,
        BufferCell fill
    ) => throw Unsupported();

    private void RequireTerminal()
    {
        if (!writer.Traits.InputIsTerminal || !writer.Traits.OutputIsTerminal)
        {
            throw new PSInvalidOperationException("Standard input and output are not a terminal.");
        }
    }

    private static PSNotSupportedException Unsupported() => new("A terminal cannot do this.");

    /// <summary>The wide ranges of Unicode's East Asian Width property that are in everyday use.</summary>
    private static int Columns(int codePoint) =>
        codePoint switch
        {
            < 0x20 or 0x7F => 0,
            < 0x300 => 1,
            >= 0x1100 and <= 0x115F or >= 0x2E80 and <= 0xA4CF or >= 0xAC00 and <= 0xD7A3 => 2,
            >= 0xF900 and <= 0xFAFF or >= 0xFE30 and <= 0xFE6F or >= 0xFF00 and <= 0xFF60 => 2,
            >= 0x1F300 and <= 0x1FAFF or >= 0x20000 and <= 0x3FFFD => 2,
            _ => CharUnicodeInfo.GetUnicodeCategory(codePoint)
                is UnicodeCategory.NonSpacingMark
                    or UnicodeCategory.EnclosingMark
                    or UnicodeCategory.Format
                ? 0
                : 1,
        };
}
