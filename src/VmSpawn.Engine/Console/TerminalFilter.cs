using System.Buffers;
using System.Globalization;
using System.Text;

namespace VmSpawn.Engine.Console;

/// <summary>
/// What a terminal is sent while it shows a guest's console: the guest's bytes, all of them and in their order, with
/// sequences put in between that keep a background colour and a mark in the window's title (the spec, section 8.8); in
/// the end, what the guest has switched in the terminal is switched back.
/// </summary>
/// <param name="background">SGR parameters of the colour, or empty for none.</param>
/// <param name="title">Title of the window, or empty to leave it alone.</param>
/// <param name="titleMark">What is put before titles of the guest's.</param>
internal sealed class TerminalFilter(string background, string title, string titleMark)
{
    private const int TitleLimit = 1024;

    // Private modes that a guest can leave a terminal in so that the next program suffers, with what is usual: cursor
    // keys, line wrap, cursor, mouse reports, alternate screens, bracketed paste (xterm's "ctlseqs").
    private static readonly Dictionary<int, bool> UsualModes = new()
    {
        [1] = false,
        [7] = true,
        [25] = true,
        [47] = false,
        [1000] = false,
        [1002] = false,
        [1003] = false,
        [1004] = false,
        [1006] = false,
        [1047] = false,
        [1049] = false,
        [2004] = false,
    };

    private readonly byte[] tint = Encoding.ASCII.GetBytes(background.Length == 0 ? "" : $"\e[{background}m");
    private readonly byte[] addition = Encoding.ASCII.GetBytes($";{background}");
    private readonly SortedSet<int> unusual = [];
    private readonly List<byte> text = [];
    private readonly List<int> modes = [];
    private State state;
    private SgrReader attributes;
    private bool isPlain;
    private bool isPrivate;
    private int mode;
    private bool isLineNew;
    private bool hasOwnBackground;
    private bool hasKeypad;

    private enum State
    {
        Ground,
        Escape,
        Sequence,
        Command,
        CommandEscape,
        String,
        StringEscape,
    }

    /// <summary>Sets the terminal up.</summary>
    public void Begin(IBufferWriter<byte> output)
    {
        if (title.Length > 0)
        {
            Write(output, $"\e[22;2t\e]2;{title}\a");
        }

        if (tint.Length > 0)
        {
            output.Write(tint);
            Write(output, "\e[K");
        }
    }

    /// <summary>Passes on what the guest has written.</summary>
    public void Pass(ReadOnlySpan<byte> bytes, IBufferWriter<byte> output)
    {
        var start = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            var b = bytes[i];
            var before = Before(b);
            if (before.Length > 0)
            {
                output.Write(bytes[start..i]);
                output.Write(before);
                start = i;
            }

            Step(b);
            if (state == State.Ground && text.Count > 0)
            {
                output.Write(bytes[start..(i + 1)]);
                start = i + 1;
                RepeatTitle(output);
            }
        }

        output.Write(bytes[start..]);
    }

    /// <summary>Gives the terminal back as it was.</summary>
    public void End(IBufferWriter<byte> output)
    {
        if (state != State.Ground)
        {
            // CAN ends a sequence that the guest has left half written.
            output.Write((ReadOnlySpan<byte>)[0x18]);
        }

        foreach (var number in unusual)
        {
            Write(output, $"\e[?{number}{(UsualModes[number] ? 'h' : 'l')}");
        }

        if (hasKeypad)
        {
            Write(output, "\e>");
        }

        Write(output, tint.Length > 0 ? "\e[0m\e[J" : "\e[0m");
        if (title.Length > 0)
        {
            Write(output, "\e[23;2t");
        }
    }

    private static void Write(IBufferWriter<byte> output, string text) => output.Write(Encoding.UTF8.GetBytes(text));

    // What goes before this byte.
    private ReadOnlySpan<byte> Before(byte b)
    {
        if (tint.Length == 0)
        {
            return [];
        }

        if (state == State.Ground)
        {
            var isDue = isLineNew && b is not ((byte)'\r' or (byte)'\n');
            isLineNew &= !isDue;
            return isDue && !hasOwnBackground ? tint : [];
        }

        if (state != State.Sequence || b != (byte)'m' || !isPlain)
        {
            return [];
        }

        attributes.End();
        hasOwnBackground = attributes.ResetsBackground is { } resets ? !resets : hasOwnBackground;
        return attributes.ResetsBackground == true ? addition : [];
    }

    private void Step(byte b)
    {
        if (b is 0x18 or 0x1a)
        {
            Leave();
            return;
        }

        switch (state)
        {
            case State.Ground:
                isLineNew |= b is (byte)'\r' or (byte)'\n';
                state = b == 0x1b ? State.Escape : State.Ground;
                break;
            case State.Escape:
                StepEscape(b);
                break;
            case State.Sequence:
                StepSequence(b);
                break;
            case State.Command or State.String:
                StepString(b);
                break;
            default:
                // ESC \ ends a string; any other sequence does as well, and is one of its own.
                var ends = b == (byte)'\\';
                if (!ends)
                {
                    text.Clear();
                    StepEscape(b);
                }
                else
                {
                    state = State.Ground;
                }

                break;
        }
    }

    private void Leave()
    {
        state = State.Ground;
        text.Clear();
    }

    private void StepEscape(byte b)
    {
        switch (b)
        {
            case (byte)'[':
                (state, attributes, isPlain, isPrivate, mode) = (State.Sequence, default, true, false, 0);
                modes.Clear();
                break;
            case (byte)']':
                state = State.Command;
                text.Clear();
                break;
            case (byte)'P' or (byte)'X' or (byte)'^' or (byte)'_':
                state = State.String;
                break;
            case 0x1b:
                state = State.Escape;
                break;
            case >= 0x20 and <= 0x2f:
                // One more byte belongs to it.
                state = State.Escape;
                break;
            default:
                hasKeypad = b == (byte)'=' || (hasKeypad && b is not ((byte)'>' or (byte)'c'));
                if (b == (byte)'c')
                {
                    // A full reset, colours and modes included.
                    unusual.Clear();
                    (hasOwnBackground, isLineNew) = (false, true);
                }

                state = State.Ground;
                break;
        }
    }

    private void StepSequence(byte b)
    {
        switch (b)
        {
            case 0x1b:
                state = State.Escape;
                break;
            case >= (byte)'0' and <= (byte)';':
                if (isPlain)
                {
                    attributes.Take(b);
                }

                TakeMode(b);
                break;
            case >= 0x20 and <= 0x3f:
                isPrivate = b == (byte)'?';
                isPlain = false;
                break;
            case >= 0x40 and <= 0x7e:
                TakeMode((byte)';');
                EndSequence(b);
                state = State.Ground;
                break;
        }
    }

    private void TakeMode(byte b)
    {
        if (b is >= (byte)'0' and <= (byte)'9')
        {
            mode = Math.Min((mode * 10) + (b - '0'), 9999);
        }
        else if (b == (byte)';')
        {
            if (modes.Count < 16)
            {
                modes.Add(mode);
            }

            mode = 0;
        }
    }

    private void EndSequence(byte final)
    {
        if (!isPrivate || final is not ((byte)'h' or (byte)'l'))
        {
            return;
        }

        foreach (var number in modes)
        {
            if (UsualModes.TryGetValue(number, out var usual))
            {
                _ = usual == (final == (byte)'h') ? unusual.Remove(number) : unusual.Add(number);
            }
        }
    }

    private void StepString(byte b)
    {
        if (b == 0x1b)
        {
            state = state == State.Command ? State.CommandEscape : State.StringEscape;
        }
        else if (b == 0x07 && state == State.Command)
        {
            state = State.Ground;
        }
        else if (state == State.Command && text.Count < TitleLimit)
        {
            text.Add(b);
        }
    }

    // OSC 0 names window and icon; the guest's own title gets the mark.
    private void RepeatTitle(IBufferWriter<byte> output)
    {
        if (titleMark.Length > 0 && text is [(byte)'0', (byte)';', ..] && text.Count < TitleLimit)
        {
            Write(output, string.Create(CultureInfo.InvariantCulture, $"\e]0;{titleMark}"));
            output.Write(text.ToArray().AsSpan(2));
            Write(output, "\a");
        }

        text.Clear();
    }
}
