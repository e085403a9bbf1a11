using System.Management.Automation;
using VmSpawn.Completion;

namespace VmSpawn.Commands;

// The guest's console and display.
public abstract partial class ConfigurationCommand
{
    /// <summary>How the console is offered (<c>--console=</c>): interactive, read-only, native, gui or headless.</summary>
    [Parameter(ParameterSetName = ConfigurationSet, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ConsoleModeCompleter))]
    public string? Console { get; set; }

    /// <summary>Device behind the console (<c>--console-transport=</c>): serial or virtio.</summary>
    [Parameter(ParameterSetName = ConfigurationSet)]
    [ArgumentCompleter(typeof(ConsoleTransportCompleter))]
    public string? ConsoleTransport { get; set; }

    /// <summary>Tint of the terminal that shows the console (<c>--background=</c>); empty for none.</summary>
    [Parameter(ParameterSetName = ConfigurationSet)]
    [ArgumentCompleter(typeof(BackgroundCompleter))]
    public string? Background { get; set; }

    /// <summary>Serves the guest's display by VNC: <c>unix</c>, or a port of 127.0.0.1.</summary>
    [Parameter(ParameterSetName = ConfigurationSet)]
    [ArgumentCompleter(typeof(VncCompleter))]
    public string? Vnc { get; set; }
}
