using System.Collections.Immutable;

namespace VmSpawn.Engine.Machines;

/// <summary>
/// What a guest has told of itself since it booted. It is the guest's word, checked for form and size only.
/// </summary>
public sealed record GuestReport
{
    /// <summary>Nothing was told.</summary>
    public static GuestReport None { get; } = new();

    /// <summary>When it said that it is ready, UTC; <see langword="null"/> as long as it has not.</summary>
    public DateTimeOffset? ReadyAt { get; init; }

    /// <summary>How it fares, in its words: one line without control characters, 256 characters at most.</summary>
    public string? Status { get; init; }

    /// <summary>Its host name.</summary>
    public string? HostName { get; init; }

    /// <summary>Its machine id, 32 hexadecimal digits.</summary>
    public string? MachineId { get; init; }

    /// <summary>Units it said to be active, in that order; systemd tells of targets. 64 at most.</summary>
    public ImmutableArray<string> ActiveUnits
    {
        get;
        // Reading JSON without the property sets an array that is none.
        init => field = value.IsDefault ? [] : value;
    } = [];

    /// <summary>What it is shutting down for, such as <c>poweroff</c> or <c>reboot</c>; <see langword="null"/> as long as it is not.</summary>
    public string? Shutdown { get; init; }

    /// <summary>The exit status it has reported, 0 to 255; <see langword="null"/> for none.</summary>
    public int? ExitStatus { get; init; }
}
