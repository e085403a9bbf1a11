using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace VmSpawn.Engine.Host;

/// <summary>A short command that is asked one question: bounded in time and output, and gone afterwards whatever happens.</summary>
internal sealed record BoundedCommand(string File, IReadOnlyList<string> Arguments, TimeSpan Limit)
{
    private const int OutputLimit = 64 * 1024;

    /// <summary>Text written to its standard input, which is then closed.</summary>
    public string Input { get; init; } = "";

    /// <summary>What came of a command.</summary>
    /// <param name="ExitCode">Exit code, 128 + N for signal N, or <see langword="null"/> if it did not end in time.</param>
    /// <param name="Output">What it wrote to standard output, at most 64 KiB.</param>
    /// <param name="Error">What it wrote to standard error, at most 64 KiB.</param>
    public sealed record Result(int? ExitCode, string Output, string Error);

    /// <summary>Runs it to its end, or kills it at the limit.</summary>
    /// <exception cref="IOException">It cannot be started.</exception>
    public Result Run()
    {
        using var process = Start();
        var output = ReadAsync(process.StandardOutput);
        var error = ReadAsync(process.StandardError);
        var clock = Stopwatch.StartNew();
        Feed(process);
        var ended = process.WaitForExit(Limit);
        if (!ended)
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
        }

        // A descendant may hold the pipes open although the command itself has ended; it gets the rest of the time.
        var rest = Limit - clock.Elapsed + TimeSpan.FromMilliseconds(200);
        Task.WaitAll([output, error], rest > TimeSpan.Zero ? rest : TimeSpan.FromMilliseconds(200));
        return new Result(ended ? process.ExitCode : null, Text(output), Text(error));

        static string Text(Task<string> task) => task.IsCompletedSuccessfully ? task.Result : "";
    }

    private Process Start()
    {
        var start = new ProcessStartInfo(File)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
        foreach (var argument in Arguments)
        {
            start.ArgumentList.Add(argument);
        }

        // Messages are quoted to the user and matched: no translation.
        start.Environment["LC_ALL"] = "C.UTF-8";
        try
        {
            return Process.Start(start) ?? throw new IOException($"'{File}' did not start.");
        }
        catch (Win32Exception e)
        {
            throw new IOException($"'{File}' did not start: {e.Message}", e);
        }
    }

    private void Feed(Process process)
    {
        try
        {
            process.StandardInput.Write(Input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended without reading, which its exit code explains.
        }
    }

    private static async Task<string> ReadAsync(StreamReader reader)
    {
        var text = new StringBuilder();
        var buffer = new char[4096];
        int count;
        while ((count = await reader.ReadAsync(buffer)) > 0)
        {
            // The rest is read too, so that the command is not blocked, but not kept.
            text.Append(buffer, 0, Math.Min(count, OutputLimit - text.Length));
        }

        return text.ToString();
    }
}
