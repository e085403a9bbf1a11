using VmSpawn.Engine.Console;
using VmSpawn.Engine.Supervision;
using VmSpawn.Monitor.Modes;

return args switch
{
    [MonitorProtocol.LaunchMode, .. var rest] => LaunchMode.Run(rest),
    [MonitorProtocol.RunMode, .. var rest] => RunMode.Run(rest),
    [MonitorProtocol.ExecMode, .. var rest] => ExecMode.Run(rest),
    [MonitorProtocol.NamespaceMode, .. var rest] => NamespaceMode.Run(rest),
    [AttachProtocol.Mode, .. var rest] => AttachMode.Run(rest),
    [MonitorProtocol.ProxyMode, .. var rest] => ProxyMode.Run(rest),
    _ => UsageMode.Run(),
};
