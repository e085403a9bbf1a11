using System.Diagnostics;

namespace VmSpawn.Shell.Tests.Terminal;

/// <summary>A real terminal with the shell in it: a tmux server of its own, gone at the end.</summary>
internal sealed class TmuxTerminal : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private readonly string _server = $"vmspawn-{Environment.ProcessId}-{Guid.NewGuid():N}";

    private TmuxTerminal() { }

    /// <summary>Starts the shell in a terminal of 80 by 24; the terminal stays when it ends and shows its exit code.</summary>
    public static async Task<TmuxTerminal> Start(params string[] arguments)
    {
        Assert.SkipUnless(HasTmux, "tmux is not installed; './pwshw build.ps1 Setup' installs it.");
        var terminal = new TmuxTerminal();
        var command = string.Join(
            ' ',
            arguments.Prepend(ShellRun.Program).Select(word => $"'{word.Replace("'", "'\\''")}'")
        );
        await terminal.Tmux([
            "-f",
            "/dev/null",
            "new-session",
            "-d",
            "-x",
            "80",
            "-y",
            "24",
            $"env -u PSModulePath dotnet {command}; echo \"code $?\"; sleep 300",
        ]);
        return terminal;
    }

    private static bool HasTmux =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(path => File.Exists(Path.Join(path, "tmux")));

    /// <summary>Types keys, by tmux's names for those that are no characters.</summary>
    public Task Type(params string[] keys) => Tmux(["send-keys", .. keys]);

    /// <summary>Waits until the screen has a text, and returns the screen.</summary>
    public Task<string> Shows(string text) =>
        Until(screen => screen.Contains(text, StringComparison.Ordinal), $"shows '{text}'");

    /// <summary>Waits until the screen no longer has a text, and returns the screen.</summary>
    public Task<string> NoLongerShows(string text) =>
        Until(screen => !screen.Contains(text, StringComparison.Ordinal), $"no longer shows '{text}'");

    public async ValueTask DisposeAsync() => await Tmux(["kill-server"]);

    private async Task<string> Until(Func<string, bool> condition, string wish)
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            var screen = (await Tmux(["capture-pane", "-p"])).TrimEnd() + "\n";
            if (condition(screen))
            {
                return screen;
            }

            Assert.True(watch.Elapsed < Limit, $"The terminal never {wish}:\n{screen}");
            await Task.Delay(Pause, TestContext.Current.CancellationToken);
        }
    }

    private async Task<string> Tmux(string[] words)
    {
        using var process = Process.Start(
            new ProcessStartInfo("tmux", ["-L", _server, .. words])
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return output;
    }
}
