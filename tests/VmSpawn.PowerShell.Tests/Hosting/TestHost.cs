using System.Globalization;
using System.Management.Automation.Host;

namespace VmSpawn.PowerShell.Tests.Hosting;

/// <summary>A PowerShell host that keeps what is written to it and answers no question.</summary>
/// <param name="name">The name, by which cmdlets know whether the terminal is theirs.</param>
internal sealed class TestHost(string name) : PSHost
{
    private readonly TestHostInterface _interface = new();

    /// <summary>All text written to the host.</summary>
    public string Text => _interface.Text;

    public override CultureInfo CurrentCulture => CultureInfo.InvariantCulture;

    public override CultureInfo CurrentUICulture => CultureInfo.InvariantCulture;

    public override Guid InstanceId { get; } = Guid.NewGuid();

    public override string Name => name;

    public override PSHostUserInterface UI => _interface;

    public override Version Version { get; } = new(1, 0);

    public override void EnterNestedPrompt() => throw new NotSupportedException();

    public override void ExitNestedPrompt() => throw new NotSupportedException();

    public override void NotifyBeginApplication() { }

    public override void NotifyEndApplication() { }

    public override void SetShouldExit(int exitCode) { }
}
