namespace VmSpawn.Engine.Arguments;

/// <summary>What an option does to the parameters of <c>Start-VmSpawn</c>, and how such a parameter is written as the option.</summary>
internal abstract class OptionBinding
{
    /// <summary>Parameter that this option is written for, or <see langword="null"/> if it has none.</summary>
    public virtual string? Parameter => null;

    /// <summary>True if the option takes a value.</summary>
    public virtual bool TakesValue => true;

    /// <summary>True if the parameter takes a list.</summary>
    public virtual bool IsList => false;

    /// <summary>
    /// True if the option acts at once, so that the words behind it are not looked at (the spec, section 0, step 3).
    /// </summary>
    public virtual bool EndsParsing(string? value) => false;

    /// <summary>Takes one use of the option in.</summary>
    /// <param name="parameters">What was gathered so far.</param>
    /// <param name="option">Long name of the option, for errors.</param>
    /// <param name="value">The value, empty if it is; <see langword="null"/> for an option without one.</param>
    /// <exception cref="Errors.VmSpawnException">The value cannot be used.</exception>
    public abstract void Apply(ParameterList parameters, string option, string? value);

    /// <summary>The words of the option for a value of its parameter; none if the value is the option's absence.</summary>
    /// <param name="option">Long name of the option.</param>
    /// <param name="value">The parameter's value, an item of it for a list.</param>
    public virtual IEnumerable<string> Write(string option, object value) => [$"--{option}={ParameterText.Of(value)}"];
}
