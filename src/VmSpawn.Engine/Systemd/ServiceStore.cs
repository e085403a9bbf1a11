using System.Text;
using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Host;
using VmSpawn.Engine.Native;

namespace VmSpawn.Engine.Systemd;

/// <summary>The unit files of VMs of one service manager. Only files that were written here are ever changed.</summary>
/// <param name="host">The host, for its programs.</param>
/// <param name="manager">The service manager.</param>
/// <param name="directory">Where the unit files are, or <see langword="null"/> for where that manager finds them.</param>
public sealed class ServiceStore(IHost host, ServiceManager manager, string? directory = null)
{
    private const uint Readable = 0x1A4; // 0644: systemd shows it to everybody anyway.

    // A VM may take as long to stop as its unit gives it.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private static readonly UTF8Encoding Text = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Where the unit files are.</summary>
    public string Directory { get; } = directory ?? DirectoryOf(host, manager);

    /// <summary>What starts a VM at boot: the target of all machines where systemd has it (systemd-container), else everything's.</summary>
    public string BootTarget =>
        manager is ServiceManager.User ? "default.target"
        : host.Files.GetKind("/usr/lib/systemd/system/machines.target") is FileKind.Regular
        || host.Files.GetKind("/lib/systemd/system/machines.target") is FileKind.Regular
            ? "machines.target"
        : "multi-user.target";

    /// <summary>Writes the unit file and has the service manager start it at boot.</summary>
    /// <param name="service">The service.</param>
    /// <param name="replace">True to replace one that was written here before.</param>
    /// <param name="start">True to start it now, too.</param>
    /// <exception cref="VmSpawnException"><c>ServiceExists</c>, <c>ServiceFileNotOurs</c>, <c>ServiceManagerNotUsable</c>, <c>ServiceManagerRefused</c>.</exception>
    public ServiceState Write(MachineService service, bool replace, bool start)
    {
        var path = System.IO.Path.Join(Directory, service.Unit);
        if (Owned(path) && !replace)
        {
            throw new VmSpawnException(
                "ServiceExists",
                VmErrorKind.Busy,
                $"There is a service for the VM '{service.Name}' already: '{path}'.",
                path,
                "Use -Force to replace it, or Unregister-VmSpawnService to remove it."
            );
        }

        if (start)
        {
            RequireRunning();
        }

        System.IO.Directory.CreateDirectory(Directory);
        NativeFile.Replace(path, Text.GetBytes(service.ToUnitFile()), Readable);
        if (IsRunning)
        {
            Control("daemon-reload");
            Control("enable", service.Unit);
            if (start)
            {
                Control("start", service.Unit);
            }
        }

        return Read(service.Name, path);
    }

    /// <summary>Takes a service out of the boot and removes its file.</summary>
    /// <param name="service">The service.</param>
    /// <param name="stop">True to stop the VM, which takes as long as its guest does.</param>
    public void Remove(ServiceState service, bool stop)
    {
        if (!Owned(service.Path))
        {
            return;
        }

        if (IsRunning)
        {
            if (stop)
            {
                Control("stop", service.Unit);
            }

            Control("disable", service.Unit);
        }

        NativeFile.Remove(service.Path);
        if (IsRunning)
        {
            Control("daemon-reload");
        }
    }

    /// <summary>The services that were written here, by name.</summary>
    public IReadOnlyList<ServiceState> List() =>
        System.IO.Directory.Exists(Directory)
            ?
            [
                .. System
                    .IO.Directory.EnumerateFiles(Directory, "vmspawn-*.service")
                    .Select(path => (Path: path, Machine: MachineService.MachineOf(System.IO.Path.GetFileName(path))))
                    .Where(file => file.Machine is not null && HasMarker(file.Path))
                    .OrderBy(file => file.Machine, StringComparer.Ordinal)
                    .Select(file => Read(file.Machine!, file.Path)),
            ]
            : [];

    /// <summary>Refuses where the service manager does not run.</summary>
    public void RequireRunning()
    {
        var access = host.ProbeServiceManager(manager);
        if (!access.Usable)
        {
            throw new HostRequirementException(
                "ServiceManagerNotUsable",
                "systemd",
                $"-Start needs a service manager of systemd, but {access.Reason}.",
                access.Hint
            );
        }
    }

    // A file that is not there may be written, too; one of somebody else's may not.
    private static bool Owned(string path)
    {
        if (NativeFile.TryRead(path) is null)
        {
            return false;
        }

        return HasMarker(path)
            ? true
            : throw new VmSpawnException(
                "ServiceFileNotOurs",
                VmErrorKind.Busy,
                $"'{path}' was not written by Register-VmSpawnService and is left alone.",
                path,
                "Give the VM another name with -Machine, or move that file away."
            );
    }

    private static bool HasMarker(string path) =>
        NativeFile.TryRead(path) is { } content
        && content.AsSpan().StartsWith(Encoding.UTF8.GetBytes($"{MachineService.Marker}\n"));

    // Elsewhere systemd does not look for units.
    private bool IsRunning => directory is null && host.ProbeServiceManager(manager).Usable && Systemctl is not null;

    private string? Systemctl => host.FindExecutable("systemctl");

    private ServiceState Read(string machine, string path)
    {
        var unit = MachineService.UnitOf(machine);
        string? enabled = null;
        string? active = null;
        if (IsRunning)
        {
            foreach (
                var line in Run("show", "--property=ActiveState,UnitFileState", unit)
                    .Output.Split('\n')
                    .Select(l => l.Trim())
            )
            {
                enabled = line.StartsWith("UnitFileState=", StringComparison.Ordinal) ? line[14..] : enabled;
                active = line.StartsWith("ActiveState=", StringComparison.Ordinal) ? line[12..] : active;
            }
        }

        return new ServiceState(
            machine,
            unit,
            manager,
            path,
            string.IsNullOrEmpty(enabled) ? null : enabled is "enabled",
            string.IsNullOrEmpty(active) ? null : active
        );
    }

    private void Control(params string[] command)
    {
        var result = Run(command);
        if (result.ExitCode != 0)
        {
            throw new VmSpawnException(
                "ServiceManagerRefused",
                VmErrorKind.Failed,
                $"'systemctl {string.Join(' ', command)}' failed: {OneLine.Of(result.Error, 500)}",
                command[^1],
                $"See 'journalctl {(manager is ServiceManager.User ? "--user " : "")}-u {command[^1]}'."
            );
        }
    }

    private BoundedCommand.Result Run(params string[] command)
    {
        try
        {
            return new BoundedCommand(
                Systemctl!,
                [manager is ServiceManager.System ? "--system" : "--user", "--no-ask-password", .. command],
                Patience
            ).Run();
        }
        catch (IOException e)
        {
            return new BoundedCommand.Result(null, "", e.Message);
        }
    }

    private static string DirectoryOf(IHost host, ServiceManager manager)
    {
        if (manager is ServiceManager.System)
        {
            return "/etc/systemd/system";
        }

        var configuration =
            host.GetEnvironmentVariable("XDG_CONFIG_HOME") is { Length: > 0 } chosen ? chosen
            : host.GetEnvironmentVariable("HOME") is { Length: > 0 } home ? $"{home}/.config"
            : throw new HostRequirementException(
                "NoHomeDirectory",
                "HOME",
                "A service of the user is kept in the home directory, and neither XDG_CONFIG_HOME nor HOME is set.",
                "Set HOME."
            );
        return $"{configuration}/systemd/user";
    }
}
