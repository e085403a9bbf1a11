namespace VmSpawn.Engine.Arguments;

/// <summary>One parameter of <c>Start-VmSpawn</c> with one value; a parameter that takes a list occurs once per item.</summary>
/// <param name="Name">Name of the parameter, such as <c>ExtraDrive</c>.</param>
/// <param name="Value">Text, or <see langword="bool"/> for a switch or yes/no parameter.</param>
public sealed record ParameterValue(string Name, object Value);
