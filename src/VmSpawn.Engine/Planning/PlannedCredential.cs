namespace VmSpawn.Engine.Planning;

/// <summary>A credential that the guest is given; its value is in the file alone.</summary>
/// <param name="Id">Its identifier.</param>
/// <param name="Path">File in the run directory that QEMU hands over.</param>
public sealed record PlannedCredential(string Id, string Path)
{
    /// <summary>The identifier and the file.</summary>
    public override string ToString() => $"{Id} in {Path}";
}
