using System.Management.Automation;

namespace VmSpawn.PowerShell.Tests.Hosting;

/// <summary>What a script wrote to each stream.</summary>
internal sealed class ShellResult(PSDataCollection<PSObject> output, PSDataStreams streams, ErrorRecord? terminating)
{
    /// <summary>The objects written, unwrapped.</summary>
    public IReadOnlyList<object> Output { get; } = [.. output.Select(item => item.BaseObject)];

    /// <summary>The errors, the terminating one last.</summary>
    public IReadOnlyList<ErrorRecord> Errors { get; } =
        terminating is null ? [.. streams.Error] : [.. streams.Error, terminating];

    /// <summary>The error that ended the script, or <see langword="null"/>.</summary>
    public ErrorRecord? Terminating { get; } = terminating;

    public IReadOnlyList<string> Verbose { get; } = [.. streams.Verbose.Select(record => record.Message)];

    public IReadOnlyList<string> Warnings { get; } = [.. streams.Warning.Select(record => record.Message)];

    public IReadOnlyList<string> Information { get; } = [.. streams.Information.Select(record => $"{record}")];

    public IReadOnlyList<ProgressRecord> Progress { get; } = [.. streams.Progress];

    /// <summary>The only object written.</summary>
    public T Single<T>()
    {
        Assert.Empty(Errors);
        return Assert.IsType<T>(Assert.Single(Output));
    }

    /// <summary>The only error, with nothing written.</summary>
    public ErrorRecord SingleError()
    {
        Assert.Empty(Output);
        return Assert.Single(Errors);
    }
}
