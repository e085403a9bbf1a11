namespace VmSpawn.Engine.Host;

/// <summary>A descriptor that the service manager passed to this process (sd_listen_fds(3)).</summary>
/// <param name="Number">Its number in this process.</param>
/// <param name="Name">Its name in <c>LISTEN_FDNAMES</c>, or <c>unknown</c>.</param>
public sealed record ActivationDescriptor(int Number, string Name);
