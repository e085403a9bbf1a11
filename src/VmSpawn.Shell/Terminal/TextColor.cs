namespace VmSpawn.Shell.Terminal;

/// <summary>The sixteen console colours as SGR sequences (ECMA-48, with the usual bright extension 90 to 107).</summary>
internal static class TextColor
{
    public const string Reset = "\e[0m";

    /// <summary>What a host answers that leaves the colour to the terminal; <c>pwsh</c> does the same on Linux.</summary>
    public const ConsoleColor Unset = (ConsoleColor)(-1);

    /// <summary>ConsoleColor counts blue, green, red as bits 0, 1, 2; SGR counts them as 2, 1, 0.</summary>
    private static ReadOnlySpan<int> SgrOrder => [0, 4, 2, 6, 1, 5, 3, 7];

    public static string Foreground(ConsoleColor color) => Sequence(color, dim: 30, bright: 90);

    public static string Background(ConsoleColor color) => Sequence(color, dim: 40, bright: 100);

    private static string Sequence(ConsoleColor color, int dim, int bright)
    {
        var number = (int)color;
        if (number is < 0 or > 15)
        {
            return "";
        }

        return $"\e[{(number < 8 ? dim : bright) + SgrOrder[number % 8]}m";
    }
}
