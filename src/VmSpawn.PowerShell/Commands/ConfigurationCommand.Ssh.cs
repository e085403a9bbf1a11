using System.Management.Automation;
using VmSpawn.Completion;
using VmSpawn.Engine.Configuration;
using VmSpawn.Parameters;

namespace VmSpawn.Commands;

// How the host logs in to the guest.
public abstract partial class ConfigurationCommand
{
    /// <summary>Whether the guest gets an SSH key (<c>--pass-ssh-key=</c>): automatic, yes or no.</summary>
    [Parameter(ParameterSetName = ConfigurationSet)]
    [ArgumentCompleter(typeof(TristateCompleter))]
    public string? PassSshKey { get; set; }

    /// <summary>Type of a key that is made for the VM (<c>--ssh-key-type=</c>).</summary>
    [Parameter(ParameterSetName = ConfigurationSet)]
    [ArgumentCompleter(typeof(SshKeyTypeCompleter))]
    public string? SshKeyType { get; set; }

    /// <summary>A key to use instead of a fresh one: an object of <c>New-VmSshKey</c>, or the path of a private key.</summary>
    [Parameter(ParameterSetName = ConfigurationSet)]
    public object? SshKey { get; set; }

    private VmConfiguration WithSsh(VmConfiguration configuration) =>
        configuration with
        {
            PassSshKey = TristateText.Parse(PassSshKey ?? "", "pass-ssh-key"),
            SshKeyType = VmSpawn.Engine.Configuration.SshKeyType.Parse(SshKeyType),
            SshKey = SshKeyArgument.Path(SshKey) is { } path ? PathArgument.Resolve(this, path, "ssh-key") : null,
        };
}
