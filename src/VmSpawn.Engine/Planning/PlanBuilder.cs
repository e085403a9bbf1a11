using System.Collections.Immutable;
using VmSpawn.Engine.Qemu;

namespace VmSpawn.Engine.Planning;

/// <summary>Collects what the features of one VM contribute to its plan.</summary>
/// <param name="runDirectory">Run directory of the VM.</param>
internal sealed class PlanBuilder(string runDirectory)
{
    // 0, 1 and 2 are QEMU's standard streams.
    private const int FirstDescriptor = 3;

    private readonly List<QemuOption> _options = [];
    private readonly List<PlannedDescriptor> _descriptors = [];
    private readonly List<PlannedFile> _files = [];
    private readonly List<PlannedCredential> _credentials = [];
    private readonly List<PlannedHelper> _helpers = [];
    private readonly List<ImageClaim> _claims = [];
    private readonly List<string> _warnings = [];

    public ImmutableArray<QemuOption> Options => [.. _options];

    public ImmutableArray<PlannedDescriptor> Descriptors => [.. _descriptors];

    public ImmutableArray<PlannedFile> Files => [.. _files];

    public ImmutableArray<PlannedCredential> Credentials => [.. _credentials];

    public ImmutableArray<PlannedHelper> Helpers => [.. _helpers];

    public ImmutableArray<ImageClaim> Claims => [.. _claims];

    public ImmutableArray<string> Warnings => [.. _warnings];

    /// <summary>Absolute path of a file in the run directory.</summary>
    public string InRunDirectory(string name) => $"{runDirectory}/{name}";

    public void Add(QemuOption option) => _options.Add(option);

    /// <summary>Gives the next free number to a descriptor and returns it.</summary>
    public int AddDescriptor(Func<int, PlannedDescriptor> create)
    {
        var number = FirstDescriptor + _descriptors.Count;
        _descriptors.Add(create(number));
        return number;
    }

    public void AddFile(PlannedFile file) => _files.Add(file);

    public void AddCredential(PlannedCredential credential) => _credentials.Add(credential);

    public void AddHelper(PlannedHelper helper) => _helpers.Add(helper);

    public void AddClaim(ImageClaim claim) => _claims.Add(claim);

    public void Warn(string text) => _warnings.Add(text);
}
