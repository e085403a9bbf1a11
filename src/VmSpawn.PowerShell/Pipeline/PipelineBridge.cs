using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Management.Automation;
using System.Runtime.ExceptionServices;
using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Machines;
using VmSpawn.Errors;

namespace VmSpawn.Pipeline;

/// <summary>
/// Runs the engine's asynchronous work for a cmdlet. PowerShell's streams may be written from the pipeline thread
/// alone, so the work posts what it has to say (<see cref="EngineContext"/>) and the pipeline thread writes it until
/// the work has ended. Stopping the pipeline cancels the work and waits for it, so that whatever it undoes is undone
/// when the cmdlet returns.
/// </summary>
/// <param name="cmdlet">The cmdlet whose streams are written.</param>
internal sealed class PipelineBridge(PSCmdlet cmdlet) : IDisposable
{
    /// <summary>Messages under way before the work has to wait for the pipeline: a talkative guest must not fill memory.</summary>
    private const int Backlog = 64;

    private readonly CancellationTokenSource _stopping = new();

    /// <summary>Which failures end the cmdlet; the others are written as non-terminating errors.</summary>
    public Predicate<Exception> EndsCmdlet { get; set; } = ErrorRecordFactory.IsTerminating;

    /// <summary>Cancels the work in progress and all that comes after; called by <c>StopProcessing</c> from another thread.</summary>
    public void Stop()
    {
        try
        {
            _stopping.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The cmdlet has ended at the same moment: nothing is in progress.
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _stopping.Dispose();

    /// <summary>Runs one piece of work to its end.</summary>
    /// <param name="work">The work; runs off the pipeline thread.</param>
    /// <param name="result">Its result.</param>
    /// <param name="abandon">
    /// Undoes a finished work whose result cannot be delivered, because the pipeline was stopped at that very moment.
    /// </param>
    /// <returns>
    /// False if it failed and the failure was written as a non-terminating error. Failures that would be the same for
    /// every input (<see cref="EndsCmdlet"/>) end the cmdlet instead.
    /// </returns>
    public bool TryRun<T>(
        Func<EngineContext, Task<T>> work,
        [MaybeNullWhen(false)] out T result,
        Func<T, Task>? abandon = null
    )
    {
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
        using var messages = new BlockingCollection<Action<PSCmdlet>>(Backlog);
        var context = new EngineContext(messages, cancellation.Token);
        var task = Task.Run(() => RunAsync(work, context, messages));

        var interruption = WriteUntilDone(messages, cancellation);
        var outcome = task.GetAwaiter().GetResult();
        if (interruption is not null || _stopping.IsCancellationRequested)
        {
            if (outcome.Failure is null && abandon is not null)
            {
                Task.Run(() => abandon(outcome.Value!)).GetAwaiter().GetResult();
            }

            interruption?.Throw();
            throw new PipelineStoppedException();
        }

        result = outcome.Value;
        return outcome.Failure is null || Report(outcome.Failure);
    }

    /// <summary>Reads the arguments, on the pipeline thread; a bad one ends the cmdlet.</summary>
    public T Read<T>(Func<T> parse) => Read(parse, _ => false);

    private T Read<T>(Func<T> parse, Predicate<VmSpawnException> leave)
    {
        try
        {
            return parse();
        }
        catch (VmSpawnException failure) when (!leave(failure))
        {
            cmdlet.ThrowTerminatingError(ErrorRecordFactory.Create(failure));
            throw;
        }
    }

    /// <summary>Reads the arguments, as <see cref="Read{T}(Func{T})"/> does; one that concerns a single input is written and left at that.</summary>
    /// <param name="parse">Reads them.</param>
    /// <param name="concernsInput">Whether a failure is about what came by the pipeline, so that the next input may do better.</param>
    /// <param name="value">What was read.</param>
    public bool TryRead<T>(Func<T> parse, Predicate<VmSpawnException> concernsInput, [MaybeNullWhen(false)] out T value)
    {
        try
        {
            value = Read(parse, concernsInput);
            return true;
        }
        catch (VmSpawnException failure)
        {
            cmdlet.WriteError(ErrorRecordFactory.Create(failure));
            value = default;
            return false;
        }
    }

    /// <summary>Writes a failure to the error stream, or ends the cmdlet with it.</summary>
    /// <param name="failure">The failure.</param>
    /// <param name="endsCmdlet">True if it ends the cmdlet whatever <see cref="EndsCmdlet"/> says.</param>
    /// <returns>Always false, so that a caller can end with it.</returns>
    public bool Report(Exception failure, bool endsCmdlet = false)
    {
        var record = ErrorRecordFactory.Create(failure);
        if (endsCmdlet || EndsCmdlet(failure))
        {
            cmdlet.ThrowTerminatingError(record);
        }

        cmdlet.WriteError(record);
        return false;
    }

    /// <summary>
    /// Writes what a VM's user should know of its life, and the error of one that ended by a failure; a guest's exit status is
    /// none, whatever it is.
    /// </summary>
    public void ReportEnd(MachineRecord record)
    {
        foreach (var warning in record.Warnings)
        {
            cmdlet.WriteWarning($"{record.Name}: {warning}");
        }

        if (record.ExitStatus is { } status and not 0)
        {
            cmdlet.WriteVerbose($"The guest of the VM '{record.Name}' has reported a non-zero exit status: {status}.");
        }

        if (record is { State: MachineState.Failed, Failure: { } failure })
        {
            cmdlet.WriteError(ErrorRecordFactory.Create(record.Name, failure));
        }
    }

    private static async Task<Outcome<T>> RunAsync<T>(
        Func<EngineContext, Task<T>> work,
        EngineContext context,
        BlockingCollection<Action<PSCmdlet>> messages
    )
    {
        try
        {
            return new Outcome<T>(await work(context), null);
        }
#pragma warning disable CA1031 // Every failure is carried over to the pipeline thread, which reports it.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            return new Outcome<T>(default, failure);
        }
        finally
        {
            messages.CompleteAdding();
        }
    }

    /// <summary>
    /// Writes messages until the work has ended. A write that throws (the pipeline was stopped, or a preference such as
    /// <c>-WarningAction Stop</c> ended it) cancels the work; its remaining messages are dropped, but it is waited for.
    /// </summary>
    private ExceptionDispatchInfo? WriteUntilDone(
        BlockingCollection<Action<PSCmdlet>> messages,
        CancellationTokenSource cancellation
    )
    {
        ExceptionDispatchInfo? interruption = null;
        foreach (var message in messages.GetConsumingEnumerable(CancellationToken.None))
        {
            if (interruption is not null || _stopping.IsCancellationRequested)
            {
                continue;
            }

            try
            {
                message(cmdlet);
            }
#pragma warning disable CA1031 // Kept and thrown again once the work is undone.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                interruption = ExceptionDispatchInfo.Capture(failure);
                cancellation.Cancel();
            }
        }

        return interruption;
    }

    private readonly record struct Outcome<T>(T? Value, Exception? Failure);
}
