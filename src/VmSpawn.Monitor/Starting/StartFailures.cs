using VmSpawn.Engine.Errors;
using VmSpawn.Engine.Native;

namespace VmSpawn.Monitor.Starting;

/// <summary>The ways in which programs fail a VM, in words.</summary>
internal static class StartFailures
{
    /// <summary>QEMU ended by itself.</summary>
    /// <param name="name">Name of the VM.</param>
    /// <param name="exit">How it ended.</param>
    /// <param name="words">What it wrote last.</param>
    /// <param name="when">Such as <c>before it had started the guest</c>.</param>
    public static StartFailedException QemuExited(string name, ProcessExit exit, string words, string when) =>
        new(
            "QemuExited",
            name,
            $"QEMU {exit} {when}{Quoted(words)}",
            words,
            exit.ShellCode,
            exit.Signal == (int)Signal.Kill ? "Look for the kernel's out-of-memory killer in its log." : null
        );

    /// <summary>QEMU runs, but says nothing.</summary>
    public static StartFailedException QemuNotAnswering(string name, string? reason, TimeSpan time, string words) =>
        new(
            "QemuNotAnswering",
            name,
            reason is null
                ? $"QEMU has not answered within {time.TotalSeconds} seconds{Quoted(words)}"
                : $"QEMU does not answer as it should: {reason}",
            words,
            null,
            "Try again when the host has less to do, or run the command line of New-VmSpawnPlan by hand."
        );

    /// <summary>A helper ended by itself.</summary>
    public static StartFailedException HelperEnded(string name, ChildProcess helper, ProcessExit exit, string words) =>
        new(
            "HelperFailed",
            name,
            $"{helper.Label}, which the VM cannot live without, {exit}{Quoted(words)}",
            words,
            exit.ShellCode
        );

    private static string Quoted(string words) => words.Length == 0 ? ", and said nothing." : $": {words}";
}
