using System.Management.Automation;
using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Machines;

namespace VmSpawn.Errors;

/// <summary>The one place where a failure of the engine becomes an <see cref="ErrorRecord"/>.</summary>
internal static class ErrorRecordFactory
{
    /// <summary>Identifier of a failure that the engine did not foresee: a defect of this module or of the host.</summary>
    public const string UnexpectedFailure = "UnexpectedFailure";

    /// <summary>Makes the record: id, category, target, the failed program's own words and what to do.</summary>
    public static ErrorRecord Create(Exception failure) =>
        failure switch
        {
            VmSpawnException known => Create(known),
            IContainsErrorRecord { ErrorRecord: { } record } => new ErrorRecord(record, failure),
            _ => new ErrorRecord(failure, UnexpectedFailure, ErrorCategory.NotSpecified, null),
        };

    /// <summary>The record of a VM that ran and then ended by a failure.</summary>
    public static ErrorRecord Create(string name, MachineFailure failure) =>
        Create(
            new StartFailedException(
                failure.ErrorId,
                name,
                failure.Message,
                failure.Output,
                failure.ExitCode,
                failure.Hint
            )
        );

    /// <summary>
    /// True for failures that every further input would meet as well (a bad value of an option, defects): they end the
    /// cmdlet. Others concern the one VM and leave the rest of the pipeline alone.
    /// </summary>
    public static bool IsTerminating(Exception failure) =>
        failure is not VmSpawnException { Kind: not (VmErrorKind.InvalidArgument or VmErrorKind.ConflictingArguments) };

    private static ErrorRecord Create(VmSpawnException failure)
    {
        var record = new ErrorRecord(failure, failure.ErrorId, CategoryOf(failure.Kind), failure.Target);
        var output = failure is StartFailedException start ? start.Output.TrimEnd() : "";
        record.ErrorDetails = new ErrorDetails(
            output.Length == 0 ? failure.Message : $"{failure.Message}{Environment.NewLine}{output}"
        )
        {
            RecommendedAction = failure.Hint ?? "",
        };
        return record;
    }

    private static ErrorCategory CategoryOf(VmErrorKind kind) =>
        kind switch
        {
            VmErrorKind.InvalidArgument or VmErrorKind.ConflictingArguments => ErrorCategory.InvalidArgument,
            VmErrorKind.NotFound => ErrorCategory.ObjectNotFound,
            VmErrorKind.PermissionDenied => ErrorCategory.PermissionDenied,
            VmErrorKind.HostRequirement => ErrorCategory.NotInstalled,
            VmErrorKind.Busy => ErrorCategory.ResourceBusy,
            VmErrorKind.InvalidData => ErrorCategory.InvalidData,
            VmErrorKind.Timeout => ErrorCategory.OperationTimeout,
            VmErrorKind.Failed => ErrorCategory.OperationStopped,
            _ => ErrorCategory.NotSpecified,
        };
}
