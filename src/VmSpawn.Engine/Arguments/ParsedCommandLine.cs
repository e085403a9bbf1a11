using System.Collections.Immutable;

namespace VmSpawn.Engine.Arguments;

/// <summary>A <c>systemd-vmspawn</c> command line as parameters of <c>Start-VmSpawn</c>.</summary>
public sealed record ParsedCommandLine
{
    /// <summary>What it asks for.</summary>
    public required CommandLineAction Action { get; init; }

    /// <summary>
    /// The parameters, each single value and each item of a list in the order in which the command line gives it, so
    /// that the order between <c>Bind</c> and <c>BindReadOnly</c> is kept.
    /// </summary>
    public required ImmutableArray<ParameterValue> Values { get; init; }

    /// <summary>Options that were understood and have no counterpart, such as <c>--no-pager</c>.</summary>
    public ImmutableArray<string> Ignored { get; init; } = [];

    /// <summary>
    /// The parameters by name, ready to be splatted: text, <see langword="bool"/>, or an array of text for the
    /// parameters that take a list.
    /// </summary>
    public IReadOnlyList<KeyValuePair<string, object>> ToParameters() =>
        [
            .. Values
                .GroupBy(value => value.Name)
                .Select(group =>
                    KeyValuePair.Create(
                        group.Key,
                        VmSpawnCommandLine.IsList(group.Key)
                            ? group.Select(value => (string)value.Value).ToArray()
                            : group.Single().Value
                    )
                ),
        ];
}
