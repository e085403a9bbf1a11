using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;

namespace VmSpawn.Shell.Hosting;

/// <summary>The engine's view of this program.</summary>
internal sealed class ShellHost(ShellUserInterface userInterface) : PSHost
{
    private IDisposable? withoutProgress;

    public override string Name => "VmSpawn.Shell";

    public override Version Version { get; } = typeof(ShellHost).Assembly.GetName().Version ?? new Version();

    public override Guid InstanceId { get; } = Guid.NewGuid();

    public override PSHostUserInterface UI => userInterface;

    public override CultureInfo CurrentCulture => CultureInfo.CurrentCulture;

    public override CultureInfo CurrentUICulture => CultureInfo.CurrentUICulture;

    /// <summary>What <c>exit</c> asked for, or <see langword="null"/> as long as nothing did.</summary>
    public int? ExitCode { get; private set; }

    /// <summary>Runs a prompt inside a running command; set by the session.</summary>
    public Action? NestedPrompt { get; set; }

    /// <summary>True after a nested prompt was asked to end.</summary>
    public bool NestedPromptEnds { get; set; }

    public override void SetShouldExit(int exitCode) => ExitCode = exitCode;

    public override void EnterNestedPrompt() =>
        (NestedPrompt ?? throw new PSNotSupportedException("There is no prompt to go to."))();

    public override void ExitNestedPrompt() => NestedPromptEnds = true;

    /// <summary>A program takes the terminal over.</summary>
    public override void NotifyBeginApplication() => withoutProgress ??= userInterface.SuspendProgress();

    public override void NotifyEndApplication()
    {
        withoutProgress?.Dispose();
        withoutProgress = null;
    }

    /// <summary>Forgets an <c>exit</c> that ended a nested prompt only.</summary>
    public void ForgetExit() => ExitCode = null;
}
