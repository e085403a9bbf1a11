using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace VmSpawn.Boot.Tests;

/// <summary>
/// The guest with a current systemd of <c>samples/systemd-guest</c>, made once for all tests unless it is there already.
/// </summary>
[SuppressMessage("Design", "CA1515", Justification = "xunit constructs it.")]
public sealed class SystemdGuest : IAsyncLifetime
{
    /// <summary>Names the directory of such a guest that was made elsewhere.</summary>
    public const string PlaceVariable = "VMSPAWN_SYSTEMD_GUEST";

    /// <summary>What <see cref="ScriptArgument"/>'s script ends with on the console, before its exit status.</summary>
    public const string ScriptEnded = "The script of the host ended: ";

    /// <summary>How long a boot may take where others use the processors, too; alone it takes ten seconds.</summary>
    public static readonly TimeSpan TimeToBoot = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan TimeToMake = TimeSpan.FromMinutes(10);
    private static readonly string Samples = Path.Join(Repository.Root, "samples", "systemd-guest");

    private string? _directory;
    private string _complaint = "";
    private string? _vhostDeviceVsock;
    private string _vsockComplaint = "";

    /// <summary>The disk: a file system without a partition table. Boot it with <see cref="VmConfiguration.Ephemeral"/>.</summary>
    public string Image => PathOf("guest.raw");

    /// <summary>The kernel.</summary>
    public string Kernel => PathOf("vmlinuz");

    /// <summary>The initrd, which has the drivers of virtual machines.</summary>
    public string Initrd => PathOf("initrd.img");

    /// <summary>What the kernel is told to find its root.</summary>
    public static IReadOnlyList<string> KernelArguments { get; } =
    ["root=/dev/vda", "rootfstype=ext4", "rw", "quiet", "systemd.show_status=yes"];

    /// <summary>The user-space VSOCK device, installed or unpacked; the test is skipped where it cannot be had.</summary>
    public string VhostDeviceVsock
    {
        get
        {
            Prerequisite.RequireOfDebian(
                _vhostDeviceVsock is not null,
                $"vhost-device-vsock cannot be had: {_vsockComplaint.Trim()}"
            );
            return _vhostDeviceVsock!;
        }
    }

    /// <summary>
    /// The kernel argument that brings a shell script of at most a thousand bytes: it runs when the guest is up, what it
    /// says goes to the console, and <see cref="ScriptEnded"/> with its exit status follows. <c>systemctl exit 42</c> or
    /// <c>systemctl poweroff</c> in it ends the guest. The same script can be given as credential
    /// <c>vmspawn.script</c>.
    /// </summary>
    public static string ScriptArgument(string script) =>
        "systemd.set_credential_binary=vmspawn.script:" + Convert.ToBase64String(Encoding.UTF8.GetBytes(script));

    /// <summary>Boots the disk with kernel and initrd, without firmware; its changes are thrown away.</summary>
    public VmConfiguration Boot(string name, params string[] arguments) =>
        new()
        {
            Name = MachineName.Parse(name),
            Image = HostPath.Parse(Image, "image"),
            Linux = HostPath.Parse(Kernel, "linux"),
            Initrds = [HostPath.Parse(Initrd, "initrd")],
            Firmware = FirmwareChoice.None,
            Ephemeral = true,
            Cpus = CpuTopology.FromCount(2),
            Ram = MemorySize.Parse("1G"),
            Tpm = Tristate.No,
            KernelArguments = [.. KernelArguments, .. arguments],
        };

    /// <summary>Puts the user-space VSOCK device into <c>PATH</c> until the result is disposed.</summary>
    public IDisposable VhostDeviceVsockInPath() => new SearchPath(Path.GetDirectoryName(VhostDeviceVsock)!);

    public async ValueTask InitializeAsync()
    {
        _directory = Environment.GetEnvironmentVariable(PlaceVariable);
        if (_directory is not null)
        {
            _vsockComplaint = "it was not made with the guest";
            return;
        }

        if (Prerequisite.Find("dpkg") is null)
        {
            _complaint = _vsockComplaint = "they are made on Debian only";
            return;
        }

        var (code, output, complaint) = await HostProgram.TryRunAsync(TimeToMake, Path.Join(Samples, "make-guest"));
        (_directory, _complaint) = (code == 0 ? output.Trim() : null, complaint);

        _vhostDeviceVsock = Prerequisite.Find("vhost-device-vsock");
        if (_vhostDeviceVsock is null)
        {
            (code, output, _vsockComplaint) = await HostProgram.TryRunAsync(
                TimeToMake,
                Path.Join(Samples, "get-vhost-device-vsock")
            );
            _vhostDeviceVsock = code == 0 ? Path.Join(output.Trim(), "vhost-device-vsock") : null;
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private string PathOf(string name)
    {
        Prerequisite.RequireOfDebian(
            _directory is not null,
            $"The systemd guest could not be made: {_complaint.Trim()}"
        );
        return Path.Join(_directory, name);
    }
}
