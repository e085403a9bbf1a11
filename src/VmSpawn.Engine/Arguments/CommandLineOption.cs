namespace VmSpawn.Engine.Arguments;

/// <summary>An option of <c>systemd-vmspawn</c>.</summary>
/// <param name="Name">Long name without dashes.</param>
/// <param name="ShortName">Letter, or <see langword="null"/> if there is none.</param>
/// <param name="Binding">What it does to the parameters.</param>
/// <param name="Hidden">True for an alias that is read but never written.</param>
internal sealed record CommandLineOption(string Name, char? ShortName, OptionBinding Binding, bool Hidden = false)
{
    /// <summary>True if the option takes a value; GNU's long options then demand one.</summary>
    public bool TakesValue => Binding.TakesValue;
}
