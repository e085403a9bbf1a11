using System.Globalization;

namespace VmSpawn.Benchmarks;

/// <summary>
/// A QEMU in front of <c>PATH</c> that notes the time at which it was executed and becomes the real one. Both sides of a
/// pair run it, so that what it costs is in both.
/// </summary>
internal sealed class StampedQemu : IDisposable
{
    private readonly string? _path = Environment.GetEnvironmentVariable("PATH");
    private readonly string _stamp;

    public StampedQemu(string directory)
    {
        var name = $"qemu-system-{Architecture()}";
        var real =
            (_path ?? "")
                .Split(':', StringSplitOptions.RemoveEmptyEntries)
                .Select(part => Path.Join(part, name))
                .FirstOrDefault(File.Exists)
            ?? throw new FileNotFoundException($"{name} is not in PATH.");
        _stamp = Path.Join(directory, "stamp");
        Directory.CreateDirectory(directory);
        var program = Path.Join(directory, name);
        // EPOCHREALTIME is bash's own: no process is started to read the clock.
        File.WriteAllText(program, $"#!/bin/bash\nLC_ALL=C\necho $EPOCHREALTIME >'{_stamp}'\nexec '{real}' \"$@\"\n");
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Environment.SetEnvironmentVariable("PATH", $"{directory}:{_path}");
    }

    /// <summary>Forgets what was noted.</summary>
    public void Reset() => File.Delete(_stamp);

    /// <summary>When QEMU was executed last; waits until it has been.</summary>
    public DateTimeOffset Time()
    {
        string text;
        while (!File.Exists(_stamp) || !(text = File.ReadAllText(_stamp)).EndsWith('\n'))
        {
            Thread.Sleep(1);
        }

        var seconds = decimal.Parse(text, CultureInfo.InvariantCulture);
        return DateTimeOffset.UnixEpoch.AddTicks((long)(seconds * TimeSpan.TicksPerSecond));
    }

    public void Dispose() => Environment.SetEnvironmentVariable("PATH", _path);

    private static string Architecture() =>
        System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture
        is System.Runtime.InteropServices.Architecture.Arm64
            ? "aarch64"
            : "x86_64";
}
