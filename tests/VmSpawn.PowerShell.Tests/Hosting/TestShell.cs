using System.Management.Automation;
using System.Management.Automation.Runspaces;
using VmSpawn.PowerShell.Tests.Fakes;
using VmSpawn.Services;

namespace VmSpawn.PowerShell.Tests.Hosting;

/// <summary>
/// A hosted PowerShell engine with the module imported by its manifest and a fake VM engine behind it. Only the engine's
/// own cmdlets are there: no Utility, no Management.
/// </summary>
internal sealed class TestShell : IDisposable
{
    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(1);

    private readonly IEngineServices _before = EngineServices.Current;
    private readonly Runspace _runspace;

    public TestShell(string hostName = "VmSpawn tests")
        : this(new FakeEngine(), hostName) { }

    public TestShell(FakeEngine engine, string hostName = "VmSpawn tests")
    {
        Engine = engine;
        Host = new TestHost(hostName);
        EngineServices.Current = engine;
        var state = InitialSessionState.CreateDefault2();
        state.ImportPSModule([ModuleFolder.Manifest]);
        _runspace = RunspaceFactory.CreateRunspace(Host, state);
        _runspace.Open();
        _runspace.SessionStateProxy.Path.SetLocation(Directory.FullName);
    }

    /// <summary>The fake that the cmdlets talk to.</summary>
    public FakeEngine Engine { get; }

    /// <summary>The host, with the text written to it.</summary>
    public TestHost Host { get; }

    /// <summary>A fresh directory, the shell's location; removed at the end.</summary>
    public DirectoryInfo Directory { get; } = System.IO.Directory.CreateTempSubdirectory("vmspawn-test-");

    /// <summary>Runs a script to its end, a minute at most; a terminating error is among the errors, too.</summary>
    public ShellResult Run(string script)
    {
        using var shell = Create(script);
        using var output = new PSDataCollection<PSObject>();
        var run = shell.BeginInvoke<PSObject, PSObject>(null, output);
        if (!run.AsyncWaitHandle.WaitOne(Bound))
        {
            shell.Stop();
            Assert.Fail($"This did not end: {script}");
        }

        try
        {
            shell.EndInvoke(run);
        }
        catch (RuntimeException e)
        {
            return new ShellResult(output, shell.Streams, e.ErrorRecord);
        }

        return new ShellResult(output, shell.Streams, null);
    }

    /// <summary>The error that ends a script: one that <c>catch</c> sees, not merely one on the error stream.</summary>
    public ErrorRecord Catch(string script)
    {
        var result = Run($"try {{ {script} }} catch {{ $_ }}");
        Assert.Empty(result.Errors);
        return Assert.IsType<ErrorRecord>(Assert.Single(result.Output));
    }

    /// <summary>A pipeline that the test runs and stops by itself.</summary>
    public System.Management.Automation.PowerShell Create(string script)
    {
        var shell = System.Management.Automation.PowerShell.Create();
        shell.Runspace = _runspace;
        return shell.AddScript(script);
    }

    public void Dispose()
    {
        _runspace.Dispose();
        EngineServices.Current = _before;
        Directory.Delete(recursive: true);
    }
}
