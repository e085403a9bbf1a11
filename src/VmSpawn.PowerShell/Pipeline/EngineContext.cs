using System.Collections.Concurrent;
using System.Management.Automation;

namespace VmSpawn.Pipeline;

/// <summary>What work running off the pipeline thread may say to the user, and whether it is still wanted.</summary>
internal sealed class EngineContext
{
    private readonly BlockingCollection<Action<PSCmdlet>> _messages;

    internal EngineContext(BlockingCollection<Action<PSCmdlet>> messages, CancellationToken cancellationToken)
    {
        _messages = messages;
        CancellationToken = cancellationToken;
    }

    /// <summary>Cancelled when the pipeline is stopped or can take no more.</summary>
    public CancellationToken CancellationToken { get; }

    /// <summary>Writes a line to the verbose stream.</summary>
    public void Verbose(string text) => Post(cmdlet => cmdlet.WriteVerbose(text));

    /// <summary>Writes a line to the warning stream.</summary>
    public void Warning(string text) => Post(cmdlet => cmdlet.WriteWarning(text));

    /// <summary>Writes an object to the pipeline.</summary>
    public void Output(object value) => Post(cmdlet => cmdlet.WriteObject(value));

    /// <summary>Shows or ends a progress bar.</summary>
    public void Progress(ProgressRecord record) => Post(cmdlet => cmdlet.WriteProgress(record));

    /// <summary>Writes text of a guest's console to the host as it is, without a line end.</summary>
    public void Console(string text) => Post(cmdlet => cmdlet.Host.UI.Write(text));

    /// <summary>Tells the user something on the information stream, which the host shows as it does <c>Write-Host</c>.</summary>
    public void Information(string text) =>
        Post(cmdlet => cmdlet.WriteInformation(new HostInformationMessage { Message = text }, ["PSHOST"]));

    /// <summary>Waits until all that was said so far has been written.</summary>
    public Task WrittenAsync()
    {
        var written = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Post(_ => written.SetResult());
        // A pipeline that takes nothing more cancels the work.
        return written.Task.WaitAsync(CancellationToken);
    }

    private void Post(Action<PSCmdlet> message)
    {
        try
        {
            _messages.Add(message, CancellationToken.None);
        }
        catch (InvalidOperationException)
        {
            // The work has ended: a late report of it has nobody to read it.
        }
    }
}
