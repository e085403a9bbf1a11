using VmSpawn.Engine.Host;

namespace VmSpawn.Engine.Resolution;

/// <summary>The virtiofsd that serves all directories of a VM.</summary>
/// <param name="Program">The program.</param>
/// <param name="Unshare">
/// Absolute path of <c>unshare</c> (util-linux), which gives an ordinary user a user namespace to run it as root in;
/// <see langword="null"/> if the caller is root.
/// </param>
/// <param name="CallerUid">User id of the caller.</param>
public sealed record ResolvedVirtiofsd(VirtiofsdProgram Program, string? Unshare, uint CallerUid = 0);
