namespace VmSpawn.Engine.Supervision;

/// <summary>What the process that starts a VM and its supervisor have agreed on.</summary>
internal static class MonitorProtocol
{
    /// <summary>First argument: leave the starting process, then supervise.</summary>
    public const string LaunchMode = "launch";

    /// <summary>First argument: supervise.</summary>
    public const string RunMode = "run";

    /// <summary>First argument: become another program that ends with its parent.</summary>
    public const string ExecMode = "exec";

    /// <summary>First argument: become another program in namespaces of its own.</summary>
    public const string NamespaceMode = "namespace";

    /// <summary>First argument: connect <c>ssh</c> with a guest's VSOCK.</summary>
    public const string ProxyMode = "proxy";

    /// <summary>
    /// The supervisor's end of a socket pair: it reports, and learns by <see cref="Commit"/> that the VM is wanted or
    /// by the end of the stream that it is not.
    /// </summary>
    public const int ReportDescriptor = 3;

    /// <summary>A memory file with the launch plan.</summary>
    public const int PlanDescriptor = 4;

    /// <summary>The lock of the name; then come the claims on images, then the descriptors passed on for QEMU.</summary>
    public const int FirstLockDescriptor = 5;

    /// <summary>The byte by which the starting process accepts a VM that is ready. From then on it lives by itself.</summary>
    public const byte Commit = (byte)'c';
}
