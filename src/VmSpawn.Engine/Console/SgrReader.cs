namespace VmSpawn.Engine.Console;

/// <summary>
/// Reads the parameters of one SGR sequence (ECMA-48, section 8.3.117) byte by byte, as far as they concern the
/// background.
/// </summary>
internal struct SgrReader
{
    private int number;
    private int skip;
    private bool isColourForm;
    private bool hasSubparameters;

    /// <summary>True after it has set the background back, false after it has set one; <see langword="null"/> if neither.</summary>
    public bool? ResetsBackground { get; private set; }

    /// <summary>Takes a digit, a separator, or a colon, behind which only details of the same parameter come.</summary>
    public void Take(byte b)
    {
        if (b == (byte)';')
        {
            End();
        }
        else if (b == (byte)':')
        {
            hasSubparameters = true;
        }
        else if (!hasSubparameters)
        {
            // An absurd number is none that means something.
            number = Math.Min((number * 10) + (b - '0'), 9999);
        }
    }

    /// <summary>The parameter is complete; nothing counts as 0.</summary>
    public void End()
    {
        var value = number;
        number = 0;
        if (skip > 0)
        {
            skip--;
        }
        else if (isColourForm)
        {
            // 38;5;N and 38;2;R;G;B (ISO 8613-6): what follows are no attributes of their own.
            isColourForm = false;
            skip =
                value == 5 ? 1
                : value == 2 ? 3
                : 0;
        }
        else
        {
            Apply(value);
        }

        hasSubparameters = false;
    }

    private void Apply(int value)
    {
        isColourForm = value is 38 or 48 or 58 && !hasSubparameters;
        ResetsBackground =
            value is 0 or 49 ? true
            : value is (>= 40 and <= 48) or (>= 100 and <= 107) ? false
            : ResetsBackground;
    }
}
