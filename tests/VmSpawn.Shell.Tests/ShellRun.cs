using System.Diagnostics;

namespace VmSpawn.Shell.Tests;

/// <summary>A run of the shell as a process of its own, always bounded.</summary>
/// <param name="Code">Exit code.</param>
/// <param name="Output">Standard output.</param>
/// <param name="Error">Standard error.</param>
internal sealed record ShellRun(int Code, string Output, string Error)
{
    /// <summary>Longer than any of these runs takes on a loaded machine.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>The shell under test.</summary>
    public static string Program { get; } = Path.Join(AppContext.BaseDirectory, "vmspawn-shell.dll");

    /// <summary>Lines of standard output.</summary>
    public string[] Lines => Output.TrimEnd('\n').Split('\n');

    /// <summary>Runs a text with <c>-Command</c>.</summary>
    public static Task<ShellRun> Command(string text, string? input = null) =>
        Of(["-NoProfile", "-Command", text], input);

    /// <summary>Runs a text as a script file.</summary>
    public static async Task<ShellRun> Script(string text, string[] arguments, string? input = null)
    {
        using var file = new ScriptFile(text);
        return await Of(["-NoProfile", "-File", file.Path, .. arguments], input);
    }

    /// <summary>Runs the shell to its end.</summary>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="input">What it reads; nothing by default.</param>
    /// <param name="environment">Variables to set.</param>
    public static async Task<ShellRun> Of(
        string[] arguments,
        string? input = null,
        params (string Name, string Value)[] environment
    )
    {
        using var process = Start(arguments, environment);
        await process.StandardInput.WriteAsync(input ?? "");
        process.StandardInput.Close();
        return await End(process);
    }

    /// <summary>Starts the shell with all three streams redirected.</summary>
    public static Process Start(string[] arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("dotnet", [Program, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = AppContext.BaseDirectory,
        };
        // Under a PowerShell it would lead to that one's modules, which are not what is tested here.
        start.Environment.Remove("PSModulePath");
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    /// <summary>Waits for the end of a started shell and kills it if that does not come.</summary>
    public static async Task<ShellRun> End(Process process)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Limit);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            var error = process.StandardError.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return new ShellRun(process.ExitCode, await output, await error);
        }
        catch (OperationCanceledException problem)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"The shell did not end within {Limit.TotalSeconds} s.", problem);
        }
    }
}
