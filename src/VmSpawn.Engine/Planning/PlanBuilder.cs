using System.Collections.Immutable;
using VmSpawn.Engine.Qemu;

namespace VmSpawn.Engine.Planning;

/// <summary>Collects what the features of one VM contribute to its plan.</summary>
/// <param name="runDirectory">Run directory of the VM.</param>
internal sealed class PlanBuilder(string runDirectory)
{
    // 0, 1 and 2 are QEMU's standard streams.
    private const int FirstDescriptor = 3;

    private readonly List<QemuOption> options = [];
    private readonly List<PlannedDescriptor> descriptors = [];
    private readonly List<PlannedFile> files = [];
    private readonly List<PlannedCredential> credentials = [];
    private readonly List<PlannedHelper> helpers = [];
    private readonly List<ImageClaim> claims = [];
    private readonly List<string> warnings = [];

    public ImmutableArray<QemuOption> Options => [.. options];

    public ImmutableArray<PlannedDescriptor> Descriptors => [.. descriptors];

    public ImmutableArray<PlannedFile> Files => [.. files];

    public ImmutableArray<PlannedCredential> Credentials => [.. credentials];

    public ImmutableArray<PlannedHelper> Helpers => [.. helpers];

    public ImmutableArray<ImageClaim> Claims => [.. claims];

    public ImmutableArray<string> Warnings => [.. warnings];

    /// <summary>Where the guest's notifications arrive, or <see langword="null"/>.</summary>
    public PlannedNotifications? Notifications { get; set; }

    /// <summary>Absolute path of a file in the run directory.</summary>
    public string InRunDirectory(string name) => $"{runDirectory}/{name}";

    public void Add(QemuOption option) => options.Add(option);

    /// <summary>Bytes of the credentials so far that the user did not give.</summary>
    public long AutomaticCredentialLength { get; set; }

    /// <summary>Gives the next free number to a descriptor and returns it.</summary>
    public int AddDescriptor(Func<int, PlannedDescriptor> create)
    {
        var number = FirstDescriptor + descriptors.Count;
        descriptors.Add(create(number));
        return number;
    }

    public void AddFile(PlannedFile file) => files.Add(file);

    public void AddCredential(PlannedCredential credential) => credentials.Add(credential);

    public void AddHelper(PlannedHelper helper) => helpers.Add(helper);

    public void AddClaim(ImageClaim claim) => claims.Add(claim);

    public void Warn(string text) => warnings.Add(text);
}
