namespace VmSpawn.Conformance.Fixtures;

/// <summary>Contents that several fixtures share.</summary>
internal static class FixtureContent
{
    /// <summary>A kernel that is neither PE nor a UKI.</summary>
    public const string Kernel = "fake kernel\n";

    public const string Initrd1 = "AAAAA";
    public const string Initrd2 = "BBBBBBB";
    public const string Initrd3 = "CCCC";
}
