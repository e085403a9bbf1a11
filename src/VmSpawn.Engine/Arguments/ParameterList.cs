using System.Collections.Immutable;

namespace VmSpawn.Engine.Arguments;

/// <summary>The parameters gathered so far, in the order in which their present values were given.</summary>
internal sealed class ParameterList
{
    private readonly List<ParameterValue> values = [];

    /// <summary>What the command line asks for.</summary>
    public CommandLineAction Action { get; set; }

    /// <summary>Options that were understood and have no counterpart.</summary>
    public List<string> Ignored { get; } = [];

    public bool Contains(string name) => values.Exists(entry => entry.Name == name);

    public IEnumerable<object> Of(string name) =>
        values.Where(entry => entry.Name == name).Select(entry => entry.Value);

    public void Set(string name, object value)
    {
        Remove(name);
        values.Add(new ParameterValue(name, value));
    }

    public void Add(string name, object value) => values.Add(new ParameterValue(name, value));

    public void Remove(string name) => values.RemoveAll(entry => entry.Name == name);

    public ImmutableArray<ParameterValue> ToImmutable() => [.. values];
}
