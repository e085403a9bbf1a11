namespace VmSpawn.Engine.Resolution;

/// <summary>The SSH key that is made for a VM.</summary>
/// <param name="Keygen">Absolute path of <c>ssh-keygen</c>.</param>
/// <param name="Type">Type of the key.</param>
/// <param name="IsPassed">True if the guest gets its public half; false if the user gives the guest other keys.</param>
public sealed record ResolvedSshKey(string Keygen, string Type, bool IsPassed);
