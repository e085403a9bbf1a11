namespace VmSpawn.Engine.Arguments;

/// <summary>What an empty value does to a list.</summary>
internal enum EmptyItem
{
    /// <summary>It is an item, which the check may refuse.</summary>
    IsValue,

    /// <summary>Nothing.</summary>
    IsIgnored,

    /// <summary>The list starts anew.</summary>
    Clears,
}

/// <summary>An option that may be repeated and whose values accumulate.</summary>
/// <param name="parameter">Name of the parameter.</param>
/// <param name="empty">What an empty value does.</param>
/// <param name="check">Refuses a bad item, or <see langword="null"/> if any text will do.</param>
internal sealed class ListBinding(string parameter, EmptyItem empty, Action<string>? check = null) : OptionBinding
{
    public override string Parameter => parameter;

    public override bool IsList => true;

    public override void Apply(ParameterList parameters, string option, string? value)
    {
        if (value!.Length == 0 && empty != EmptyItem.IsValue)
        {
            if (empty == EmptyItem.Clears)
            {
                parameters.Remove(parameter);
            }

            return;
        }

        check?.Invoke(value);
        parameters.Add(parameter, value);
    }
}
