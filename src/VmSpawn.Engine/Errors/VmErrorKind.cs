namespace VmSpawn.Engine.Errors;

/// <summary>What sort of failure a <see cref="VmSpawnException"/> is; a caller's exit code or error category follows from it.</summary>
public enum VmErrorKind
{
    /// <summary>A value that was given cannot be used.</summary>
    InvalidArgument,

    /// <summary>Two values that were given exclude each other.</summary>
    ConflictingArguments,

    /// <summary>A file, VM or firmware that was named does not exist.</summary>
    NotFound,

    /// <summary>The caller may not read, write or open what is needed.</summary>
    PermissionDenied,

    /// <summary>A program or device that the host must have is missing.</summary>
    HostRequirement,

    /// <summary>The name, image or port is in use by another VM.</summary>
    Busy,

    /// <summary>The data of a file is not what it claims to be.</summary>
    InvalidData,

    /// <summary>What was waited for did not happen in time.</summary>
    Timeout,

    /// <summary>QEMU, a helper or the supervisor failed.</summary>
    Failed,
}
