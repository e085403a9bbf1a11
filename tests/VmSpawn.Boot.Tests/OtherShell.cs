using System.Diagnostics;

namespace VmSpawn.Boot.Tests;

/// <summary>Another shell: a process that starts a VM and stays until it is killed.</summary>
internal sealed class OtherShell : IDisposable
{
    private static readonly TimeSpan TimeToAnswer = TimeSpan.FromSeconds(30);
    private readonly Process _process;

    private OtherShell(IEnumerable<string> words)
    {
        var all = words.ToArray();
        _process = Process.Start(
            new ProcessStartInfo(all[0], all[1..])
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                WorkingDirectory = "/",
            }
        )!;
    }

    public int Id => _process.Id;

    private const string Name = "VmSpawn.Boot.Starter";

    private static string Program => Path.Join(AppContext.BaseDirectory, Name);

    /// <summary>A shell that boots the kernel.</summary>
    public static OtherShell BootingKernel(Scene scene, string name, params string[] arguments)
    {
        var configuration = scene.KernelBoot();
        return new([
            Program,
            scene.MonitorPath,
            name,
            "kernel",
            configuration.Linux!.Value,
            configuration.Initrds[0].Value,
            .. arguments,
        ]);
    }

    /// <summary>A shell in a network namespace of its own that boots the kernel with a TAP network.</summary>
    public static OtherShell BootingWithTap(Scene scene, string name, params string[] arguments)
    {
        var configuration = scene.KernelBoot();
        return new([
            .. NetworkNamespace.Unshare,
            Program,
            scene.MonitorPath,
            name,
            "tap",
            configuration.Linux!.Value,
            configuration.Initrds[0].Value,
            .. arguments,
        ]);
    }

    /// <summary>A shell of a user without privileges that boots a disk image.</summary>
    public static OtherShell OfNobodyBootingImage(Scene scene, string image) =>
        new([
            // 65534 is the user of the last resort everywhere (Linux, fs.overflowuid).
            .. Environment.IsPrivilegedProcess
                ? new[] { "setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--" }
                : [],
            Program,
            scene.MonitorPath,
            "tiny",
            "image",
            image,
        ]);

    /// <summary>What it says came of the start: <c>started NAME</c>, or <c>refused ERROR-ID MESSAGE</c>.</summary>
    public async Task<string> AnswerAsync()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeToAnswer);
        return await _process.StandardOutput.ReadLineAsync(limit.Token) ?? "";
    }

    /// <summary>SIGKILL, as a crash or an impatient user gives it.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
    }
}
