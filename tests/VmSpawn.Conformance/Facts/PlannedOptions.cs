using VmSpawn.Engine.Planning;

namespace VmSpawn.Conformance.Facts;

/// <summary>The options of a plan, by name.</summary>
internal sealed class PlannedOptions(LaunchPlan plan)
{
    /// <summary>The value of an option that occurs at most once.</summary>
    public string? Value(string name) => plan.QemuOptions.SingleOrDefault(option => option.Name == name)?.Value;

    /// <summary>The option lists of that name in order.</summary>
    public IEnumerable<OptionList> Lists(string name) =>
        plan.QemuOptions.Where(option => option.Name == name).Select(option => new OptionList(option));

    /// <summary>The option lists of that name whose head says that.</summary>
    public IEnumerable<OptionList> Lists(string name, string head) => Lists(name).Where(list => list.Head == head);
}
