using System.Diagnostics;

namespace VmSpawn.Boot.Tests;

/// <summary>A program of this machine that a test needs beside the VM.</summary>
internal static class HostProgram
{
    private static readonly TimeSpan TimeToRun = TimeSpan.FromSeconds(30);

    /// <summary>Runs it to its end.</summary>
    /// <returns>What it wrote to standard output; the test fails if the program does.</returns>
    public static async Task<string> RunAsync(string name, params IEnumerable<string> arguments)
    {
        var (code, output, complaint) = await TryRunAsync(name, arguments);
        Assert.True(code == 0, $"{name} ended with {code}: {complaint}{output}");
        return output;
    }

    /// <summary>Runs it to its end, whatever that is.</summary>
    public static Task<(int Code, string Output, string Complaint)> TryRunAsync(
        string name,
        params IEnumerable<string> arguments
    ) => TryRunAsync(TimeToRun, name, arguments);

    /// <summary>As before, for a program that may take its time.</summary>
    public static async Task<(int Code, string Output, string Complaint)> TryRunAsync(
        TimeSpan time,
        string name,
        params IEnumerable<string> arguments
    )
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(time);
        using var process = Process.Start(
            new ProcessStartInfo(Prerequisite.Find(name) ?? name, arguments)
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            var complaint = process.StandardError.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return (process.ExitCode, await output, await complaint);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }
}
