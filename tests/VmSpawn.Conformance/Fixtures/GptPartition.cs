namespace VmSpawn.Conformance.Fixtures;

/// <summary>A partition of a fixture.</summary>
/// <param name="Mebibytes">Size; each starts where the one before it ends.</param>
/// <param name="Type">Type GUID.</param>
/// <param name="Id">PARTUUID.</param>
/// <param name="Label">Name in the table.</param>
/// <param name="Attributes">Attribute bits.</param>
internal sealed record GptPartition(int Mebibytes, Guid Type, Guid Id, string Label = "", ulong Attributes = 0);
