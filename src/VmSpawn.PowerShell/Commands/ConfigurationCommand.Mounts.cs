using System.Management.Automation;
using VmSpawn.Completion;

namespace VmSpawn.Commands;

// The directories of the host that the guest sees.
public abstract partial class ConfigurationCommand
{
    /// <summary>
    /// Host ids that those of the tree's users stand for (<c>--private-users=</c>): <c>BASE[:COUNT]</c>, or <c>auto</c>
    /// for the caller's subordinate ids.
    /// </summary>
    [Parameter(ParameterSetName = ConfigurationSet)]
    [ArgumentCompleter(typeof(PrivateUsersCompleter))]
    public string? PrivateUsers { get; set; }

    /// <summary>
    /// Directories that the guest mounts (<c>--bind=</c>): <c>SOURCE[:TARGET]</c>, or objects of <c>New-VmMount</c>.
    /// </summary>
    [Parameter(ParameterSetName = ConfigurationSet)]
    [ArgumentCompleter(typeof(DirectoryCompleter))]
    public object?[]? Bind { get; set; }

    /// <summary>Directories that the guest mounts and cannot write (<c>--bind-ro=</c>).</summary>
    [Parameter(ParameterSetName = ConfigurationSet)]
    [ArgumentCompleter(typeof(DirectoryCompleter))]
    public object?[]? BindReadOnly { get; set; }
}
