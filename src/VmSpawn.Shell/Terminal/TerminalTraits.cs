namespace VmSpawn.Shell.Terminal;

/// <summary>What the three standard streams are connected to, asked once.</summary>
internal sealed record TerminalTraits
{
    /// <summary>Columns assumed where no terminal and no <c>COLUMNS</c> says otherwise: a table of VMs fits.</summary>
    private const int DefaultWidth = 120;

    private const int DefaultHeight = 24;

    public required bool InputIsTerminal { get; init; }

    public required bool OutputIsTerminal { get; init; }

    public required bool ErrorIsTerminal { get; init; }

    /// <summary>False where the terminal understands no escape sequences (<c>TERM=dumb</c>).</summary>
    public required bool UnderstandsSequences { get; init; }

    /// <summary>False if the user set <c>NO_COLOR</c> (https://no-color.org: any value but the empty one).</summary>
    public required bool WantsColor { get; init; }

    /// <summary>Columns to assume whatever is connected, or <see langword="null"/> to measure.</summary>
    public int? FixedWidth { get; init; }

    public bool ColorsOutput => OutputIsTerminal && UnderstandsSequences && WantsColor;

    public bool ColorsError => ErrorIsTerminal && UnderstandsSequences && WantsColor;

    public static TerminalTraits OfThisProcess() =>
        new()
        {
            InputIsTerminal = !Console.IsInputRedirected,
            OutputIsTerminal = !Console.IsOutputRedirected,
            ErrorIsTerminal = !Console.IsErrorRedirected,
            UnderstandsSequences = Environment.GetEnvironmentVariable("TERM") is not (null or "" or "dumb"),
            WantsColor = string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")),
        };

    /// <summary>A text that is kept.</summary>
    public static TerminalTraits OfText(int? width) =>
        new()
        {
            InputIsTerminal = false,
            OutputIsTerminal = false,
            ErrorIsTerminal = false,
            UnderstandsSequences = false,
            WantsColor = false,
            FixedWidth = width,
        };

    /// <summary>Columns of the terminal, else of <c>COLUMNS</c>, else a default.</summary>
    public int Width => FixedWidth ?? Measured(() => Console.WindowWidth, "COLUMNS", DefaultWidth);

    /// <summary>Rows of the terminal, else of <c>LINES</c>, else a default.</summary>
    public int Height => Measured(() => Console.WindowHeight, "LINES", DefaultHeight);

    private int Measured(Func<int> ask, string variable, int fallback)
    {
        if (OutputIsTerminal && ask() is var size and > 0)
        {
            return size;
        }

        return int.TryParse(Environment.GetEnvironmentVariable(variable), out var named) && named > 0
            ? named
            : fallback;
    }
}
