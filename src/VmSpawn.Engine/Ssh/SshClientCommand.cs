using System.Collections.Immutable;
using VmSpawn.Engine.Planning;
using VmSpawn.Engine.Supervision;

namespace VmSpawn.Engine.Ssh;

/// <summary>What <c>ssh</c> must be told to reach a guest: the same for a configuration file and for a command line.</summary>
/// <param name="ssh">The way.</param>
/// <param name="monitorPath">Absolute path of the supervisor's program, which also is the proxy for VSOCK.</param>
internal sealed class SshClientCommand(PlannedSsh ssh, string monitorPath)
{
    // The guest's port on VSOCK; systemd-ssh-generator(8) listens there.
    private const string VsockPort = "22";

    /// <summary>The settings in ssh_config(5)'s words, in order; values are not quoted.</summary>
    /// <remarks>
    /// The host key of a VM is not known and may be another one at every start. Nobody can stand in between: the way ends
    /// on this host, at 127.0.0.1 or in a UNIX or VSOCK socket.
    /// </remarks>
    public ImmutableArray<(string Name, ImmutableArray<string> Values)> Settings =>
        [
            ("User", [ssh.User]),
            ("IdentityFile", [ssh.KeyPath]),
            ("IdentitiesOnly", ["yes"]),
            ("StrictHostKeyChecking", ["no"]),
            ("UserKnownHostsFile", ["/dev/null"]),
            ("GlobalKnownHostsFile", ["/dev/null"]),
            ("LogLevel", ["ERROR"]),
            .. Way,
        ];

    private ImmutableArray<(string Name, ImmutableArray<string> Values)> Way =>
        ssh switch
        {
            { Port: { } port } => [("HostName", ["127.0.0.1"]), ("Port", [$"{port}"]), ("ProxyCommand", ["none"])],
            { VsockCid: { } cid } =>
            [
                ("ProxyCommand", [monitorPath, MonitorProtocol.ProxyMode, "vsock", $"{cid}", VsockPort]),
            ],
            { VsockSocket: { } socket } =>
            [
                ("ProxyCommand", [monitorPath, MonitorProtocol.ProxyMode, "vsock-mux", socket, VsockPort]),
            ],
            _ => [],
        };

    /// <summary>
    /// The argument vector that has the guest's service manager power the guest off: without a terminal, a question or
    /// anything of the user's own settings.
    /// </summary>
    /// <param name="client">Absolute path of <c>ssh</c>.</param>
    /// <param name="name">Name of the VM, for messages.</param>
    /// <param name="connectSeconds">How long connecting may take.</param>
    public ImmutableArray<string> PowerOff(string client, string name, int connectSeconds) =>
        [
            client,
            "-F",
            "none",
            "-xanT",
            .. Settings.SelectMany(setting => (string[])["-o", $"{setting.Name}={Line(setting)}"]),
            "-o",
            "BatchMode=yes",
            "-o",
            "IdentityAgent=none",
            "-o",
            $"ConnectTimeout={connectSeconds}",
            "--",
            name,
            // At once, so that the answer comes before the server goes; guests without systemd have the plain command.
            "systemctl --no-block --no-wall poweroff || poweroff",
        ];

    /// <summary>A value as ssh_config(5) takes it: quoted if need be; a command's words for the shell that runs it.</summary>
    public static string Line((string Name, ImmutableArray<string> Values) setting) =>
        setting is { Name: "ProxyCommand", Values.Length: > 1 }
            // The shell's words; ssh expands % and puts 'exec' before them itself.
            ? ShellWord.Join(setting.Values).Replace("%", "%%", StringComparison.Ordinal)
            : Quote(setting.Name is "IdentityFile" ? Escape(setting.Values[0]) : setting.Values[0]);

    private static string Escape(string path) => path.Replace("%", "%%", StringComparison.Ordinal);

    private static string Quote(string value) =>
        value.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '.' or '-' or '_' or ':' or '%')
            ? value
            : $"\"{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
